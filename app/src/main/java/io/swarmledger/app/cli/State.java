package io.swarmledger.app.cli;

import com.github.freva.asciitable.ColumnData;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.door.Shown;
import io.swarmledger.query.Page;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.StateOfAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "state",
        description = {
            "What an agent, task, memory or swarm is like, now or then.",
            "With --all, what all of them are like."
        })
final class State implements Callable<Integer> {

    @Mixin
    private DataOption data;

    @ArgGroup(multiplicity = "1")
    private What what;

    private static final class What {

        @Parameters(paramLabel = "ID", description = "The id of the aggregate.")
        private String id;

        @Option(names = "--all", description = "Everything in the ledger.")
        private boolean all;
    }

    @ArgGroup
    private When when = new When();

    private static final class When {

        @Option(names = "--version", paramLabel = "N", description = "After the event of that version.")
        private Long version;

        @Option(names = "--position", paramLabel = "N", description = "With --all: after the event of that position.")
        private Long position;

        @Option(
                names = "--at",
                paramLabel = "TIME",
                description = "At that time: epoch milliseconds, or ISO such as 2026-01-04T09:00:00.030Z.")
        private Moment at;
    }

    @Option(names = "--swarm-id", paramLabel = "ID", description = "With --all: of that swarm alone.")
    private String swarmId;

    @Option(names = "--include-deleted", description = "With --all: memories that are gone too.")
    private boolean includeDeleted;

    @Option(names = "--limit", paramLabel = "N", description = "With --all: at most so many of each. Default: 100")
    private Integer limit;

    @Option(names = "--cursor", description = "With --all: where the page of a list ended.")
    private String cursor;

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
        return what.all ? stateOfAll() : stateOfOne();
    }

    private int stateOfOne() {
        if (when.position != null || swarmId != null || includeDeleted || limit != null || cursor != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--position, --swarm-id, --include-deleted, --limit and --cursor go with --all, not with an ID");
        }
        Optional<StateThen> state = Answers.to(
                new StateOf(what.id, when.version, Moment.millisOf(when.at)),
                ResponseTypes.optionalInstanceOf(StateThen.class),
                data);
        if (state.isEmpty()) {
            spec.commandLine().getErr().println("The log knows no " + Shown.cell(what.id, 130));
            return 1;
        }
        if (json) {
            output().json(state.get());
        } else {
            output().readable(state.get());
        }
        return 0;
    }

    private int stateOfAll() {
        if (when.version != null) {
            throw new ParameterException(spec.commandLine(), "--version is one aggregate's: ask for --position");
        }
        AllThen state = Answers.to(
                new StateOfAll(when.position, Moment.millisOf(when.at), swarmId, includeDeleted, limit, cursor),
                ResponseTypes.instanceOf(AllThen.class),
                data);
        if (json) {
            output().json(state);
            return 0;
        }
        spec.commandLine()
                .getOut()
                .println("Position " + state.position() + (state.at() == null ? "" : ", " + Shown.time(state.at())));
        print("agents", state, state.agents(), Tables.AGENTS);
        print("tasks", state, state.tasks(), Tables.TASKS);
        print("memories", state, state.memories(), Tables.MEMORIES);
        print("swarms", state, state.swarms(), Tables.SWARMS);
        return 0;
    }

    private <T> void print(String name, AllThen state, Page<T> page, List<ColumnData<T>> columns) {
        Map<String, Long> counts = state.counts().get(name);
        String byStatus = counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + Shown.cell(count.getKey(), 48))
                .collect(Collectors.joining(", "));
        spec.commandLine().getOut().println();
        spec.commandLine().getOut().println(name + ": " + (byStatus.isEmpty() ? "none" : byStatus));
        if (!page.items().isEmpty()) {
            output().page(page, columns);
        }
    }

    private Output output() {
        return new Output(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
