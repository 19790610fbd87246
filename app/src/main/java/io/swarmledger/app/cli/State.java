package io.swarmledger.app.cli;

import io.swarmledger.app.Moment;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "state", description = "What an agent, task, memory or swarm is like, now or then.")
final class State implements Callable<Integer> {

    @Mixin
    private DataOption data;

    @Parameters(paramLabel = "ID", description = "The id of the aggregate.")
    private String id;

    @ArgGroup
    private When when = new When();

    private static final class When {

        @Option(names = "--version", paramLabel = "N", description = "After the event of that version.")
        private Long version;

        @Option(
                names = "--at",
                paramLabel = "TIME",
                description = "At that time: epoch milliseconds, or ISO such as 2026-01-04T09:00:00.030Z.")
        private Moment at;
    }

    @Option(names = "--json", description = "Print what HTTP would answer.")
    private boolean json;

    // Not the standard mixin: its --version would be the program's.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Optional<StateThen> state = Answers.to(
                new StateOf(id, when.version, Moment.millisOf(when.at)),
                ResponseTypes.optionalInstanceOf(StateThen.class),
                data);
        if (state.isEmpty()) {
            spec.commandLine().getErr().println("The log knows no " + Shown.cell(id, 130));
            return 1;
        }
        Output output =
                new Output(spec.commandLine().getOut(), spec.commandLine().getErr());
        if (json) {
            output.json(state.get());
        } else {
            output.readable(state.get());
        }
        return 0;
    }
}
