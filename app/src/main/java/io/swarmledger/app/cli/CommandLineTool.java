package io.swarmledger.app.cli;

import io.swarmledger.app.door.Moment;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The program's commands. Exit codes: 0 done, 1 the work failed, 2 wrong usage, 3 the service lost what it cannot work without.
 * Results go to stdout, messages and progress to stderr. Help and wrong usage are answered before anything is started.
 */
@Command(
        name = "swarm-ledger",
        description = "The event-sourced system of record for swarms of AI agents.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {
            "",
            "Without a command it serves. `help COMMAND` or `COMMAND --help` tells more of one.",
            "Exit codes: 0 done, 1 the work failed, 2 wrong usage,",
            "3 the service lost what it cannot work without, a thread or a file: start it again."
        })
public final class CommandLineTool implements Callable<Integer> {

    /** Logback's own default would write to stdout, among the results; an application brings its own. */
    static final String LOGGING_WITHOUT_APPLICATION = "logback.configurationFile";

    private static final List<Class<?>> COMMANDS = List.of(
            Serve.class,
            PlayDemo.class,
            ImportFile.class,
            ExportFile.class,
            Query.class,
            ReplayViews.class,
            State.class,
            Diff.class,
            TraceEvent.class,
            ListIncidents.class,
            ForkLedger.class,
            Verify.class,
            BackUp.class,
            RestoreBackup.class,
            TokenTool.class,
            Connect.class,
            Disconnect.class,
            Bench.class);

    @Mixin
    private Serve serve;

    private CommandLineTool() {}

    /** Runs one command line and answers its exit code. */
    public static int run(String... arguments) {
        // No command takes such a value, and to look at their classes costs time at every start.
        System.setProperty("picocli.converters.excludes", "java.sql.*,java.time.*");
        System.setProperty(LOGGING_WITHOUT_APPLICATION, "io/swarmledger/app/cli/logback.xml");
        if (arguments.length > 0 && arguments[0].equals(ImportFile.NAME)) {
            BriefRun.begin();
        }
        return commandLine(arguments).execute(arguments);
    }

    /** One that takes those arguments. To read all the options that there are takes longer than many a command. */
    static CommandLine commandLine(String... arguments) {
        CommandLine program = new CommandLine(new CommandLineTool());
        List<Class<?>> meant = COMMANDS.stream()
                .filter(command -> arguments.length > 0 && arguments[0].equals(nameOf(command)))
                .toList();
        (meant.isEmpty() ? COMMANDS : meant).forEach(program::addSubcommand);
        return program.addSubcommand(CommandLine.HelpCommand.class)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    commandLine.getErr().println(Failures.describe(failure));
                    return Failures.exitCode(failure);
                })
                .registerConverter(Moment.class, new MomentReader());
    }

    private static String nameOf(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    @Override
    public Integer call() throws Exception {
        return serve.call();
    }
}
