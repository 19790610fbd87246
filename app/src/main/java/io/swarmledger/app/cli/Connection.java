package io.swarmledger.app.cli;

import io.swarmledger.app.door.Shown;
import io.swarmledger.app.recorder.claudecode.HookSettings;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which settings are meant, and that they are shown before they are changed. */
final class Connection {

    private static final String CLAUDE_CODE = "claude-code";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(paramLabel = CLAUDE_CODE, description = "The program whose sessions are recorded.")
    private String program;

    @ArgGroup
    private Where where = new Where();

    @Option(names = "--yes", description = "Write the change; otherwise it is only shown.")
    private boolean yes;

    private static final class Where {

        @Option(names = "--user", description = "In the user's settings: for every project.")
        private boolean user;

        @Option(
                names = "--project",
                paramLabel = "DIR",
                description = "In the settings of a project; unless said otherwise, of the folder that this is.")
        private Path project;
    }

    /** Shows what a change makes of the settings, and writes it where that was asked for; answers whether it is written. */
    boolean change(Consumer<HookSettings> change) throws IOException {
        if (!program.equals(CLAUDE_CODE)) {
            throw new ParameterException(
                    spec.commandLine(),
                    Shown.cell(program, 60) + " is no program that can be connected: claude-code is");
        }
        PrintWriter err = spec.commandLine().getErr();
        SettingsFile file = new SettingsFile(path());
        String before = file.text();
        HookSettings settings = read(file, before);
        change.accept(settings);
        String after = settings.text();
        if (Json.mapper().readTree(after).path("disableAllHooks").asBoolean(false)) {
            err.println(file + " says disableAllHooks: as long as it does, no hook is sent");
        }
        if (HookSettings.read(before).text().equals(after)) {
            err.println("Nothing is to be changed in " + file);
            return true;
        }
        PrintWriter out = spec.commandLine().getOut();
        SettingsFile.change(before, after).forEach(line -> out.println(Shown.text(line)));
        out.flush();
        if (!yes) {
            err.println("This would become " + file + ". Nothing was written: with --yes it is");
            return false;
        }
        file.write(after);
        err.println("Written to " + file + ". Sessions that begin from now on do as it says");
        return true;
    }

    private static HookSettings read(SettingsFile file, String text) {
        try {
            return HookSettings.read(text);
        } catch (IllegalArgumentException broken) {
            throw new IllegalStateException(file + " " + broken.getMessage() + ". It was left as it is", broken);
        }
    }

    private Path path() {
        if (where.project != null && !Files.isDirectory(where.project)) {
            throw new ParameterException(spec.commandLine(), "--project " + where.project + " is no folder");
        }
        Path home = where.user
                ? Path.of(System.getProperty("user.home"))
                : where.project == null ? Path.of("") : where.project;
        return home.resolve(".claude").resolve("settings.json");
    }
}
