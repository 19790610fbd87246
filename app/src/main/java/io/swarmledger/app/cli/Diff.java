package io.swarmledger.app.cli;

import com.github.freva.asciitable.ColumnData;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.door.Shown;
import io.swarmledger.app.wiring.ReadOnlyLedger;
import io.swarmledger.events.Json;
import io.swarmledger.query.Paging;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.run.CompareRuns;
import io.swarmledger.query.run.RunComparison;
import io.swarmledger.query.timetravel.Change;
import io.swarmledger.query.timetravel.Changes;
import io.swarmledger.query.timetravel.Divergence;
import io.swarmledger.query.timetravel.EventRef;
import io.swarmledger.query.timetravel.FindChanges;
import io.swarmledger.query.timetravel.LedgerComparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = {
            "What changed from one moment to another, field by field, each with the event that changed it.",
            "With --with, where another ledger parts from this one, and what is different in the end.",
            "With --runs, how two runs differ, task by task, and where they part first."
        },
        mixinStandardHelpOptions = true)
final class Diff implements Callable<Integer> {

    @Mixin
    private DataOption data;

    @Option(names = "--from", paramLabel = "N", description = "The earlier position; 0 is the beginning.")
    private Long from;

    @Option(names = "--from-at", paramLabel = "TIME", description = "The earlier time: epoch milliseconds or ISO.")
    private Moment fromAt;

    @Option(names = "--to", paramLabel = "N", description = "The later position. Default: now")
    private Long to;

    @Option(names = "--to-at", paramLabel = "TIME", description = "The later time.")
    private Moment toAt;

    @Option(
            names = "--with",
            paramLabel = "OTHER",
            description = "Another ledger: its directory, or its events.db. It is read only.")
    private Path other;

    @Option(
            names = "--runs",
            arity = "2",
            paramLabel = "SWARM",
            description = "Two runs of this ledger, by the ids of their swarms.")
    private List<String> runs;

    @Option(names = "--a-from", paramLabel = "N", description = "What happened in the first run behind that position.")
    private Long aFrom;

    @Option(names = "--a-to", paramLabel = "N", description = "What happened in it up to that position. Default: now")
    private Long aTo;

    @Option(names = "--b-from", paramLabel = "N", description = "The same of the second run.")
    private Long bFrom;

    @Option(names = "--b-to", paramLabel = "N", description = "The same of the second run.")
    private Long bTo;

    @Option(
            names = "--field",
            paramLabel = "FIELD",
            description = "Of two runs only tasks that differ in that, such as outcome, result or duration.")
    private String field;

    @Option(names = "--swarm-id", paramLabel = "ID", description = "Of that swarm alone.")
    private String swarmId;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many changes. Default: 100")
    private Integer limit;

    @Option(names = "--cursor", description = "Where the page before ended.")
    private String cursor;

    @Option(names = "--json", description = "Print what HTTP would answer.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** A field of a change, as a line of the table. */
    private record Line(Change change, Change.Field field) {}

    private static final List<ColumnData<Line>> LINES = List.of(
            Output.column(
                    "IS", line -> line.change().kind() + " " + line.change().type()),
            Output.id("ID", line -> line.change().id()),
            Output.column("FIELD", line -> line.field().field()),
            Output.column("FROM", line -> value(line.field().from())),
            Output.column("TO", line -> value(line.field().to())),
            Output.column("BY", line -> event(line.field().event())));

    @Override
    public Integer call() {
        if (runs != null) {
            if (other != null || from != null || fromAt != null || to != null || toAt != null || swarmId != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--runs compares two runs: their parts are told by --a-from, --a-to, --b-from, --b-to");
            }
            return betweenRuns();
        }
        if (aFrom != null || aTo != null || bFrom != null || bTo != null || field != null) {
            throw new ParameterException(spec.commandLine(), "Missing: --runs SWARM SWARM");
        }
        if (other != null) {
            if (from != null || fromAt != null || to != null || toAt != null || swarmId != null || cursor != null) {
                throw new ParameterException(
                        spec.commandLine(), "--with compares two ledgers as they are now: only --limit goes with it");
            }
            return betweenLedgers();
        }
        if (from == null && fromAt == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Missing: --from N or --from-at TIME, --with OTHER for another ledger, or --runs SWARM SWARM");
        }
        return betweenMoments();
    }

    private int betweenMoments() {
        Changes changes = Answers.to(
                new FindChanges(from, Moment.millisOf(fromAt), to, Moment.millisOf(toAt), swarmId, limit, cursor),
                ResponseTypes.instanceOf(Changes.class),
                data);
        if (json) {
            output().json(changes);
            return 0;
        }
        spec.commandLine().getErr().println("From position " + changes.from() + " to " + changes.to());
        print(changes.changes().items());
        if (changes.changes().next() != null) {
            spec.commandLine()
                    .getErr()
                    .println("There is more: --cursor " + changes.changes().next());
        }
        return 0;
    }

    /**
     * How two ledgers differ.
     *
     * @param divergence {@code null} if they do not
     * @param changes from this ledger to the other
     */
    private record Comparison(Divergence divergence, List<Change> changes) {}

    private int betweenLedgers() {
        Path otherLog = Files.isDirectory(other) ? new LedgerFiles(other).existingLog() : other;
        LedgerComparison comparison = ReadOnlyLedger.comparison(data.currentLog(), otherLog);
        Optional<Divergence> divergence = comparison.divergence();
        int most = Paging.limit(limit, FindChanges.MAX_LIMIT);
        List<Change> changes =
                divergence.map(found -> comparison.changesSince(found, most)).orElse(List.of());
        if (json) {
            output().json(new Comparison(divergence.orElse(null), changes));
            return 0;
        }
        spec.commandLine().getOut().println(divergence.map(Diff::describe).orElse("The two logs say the same."));
        if (divergence.isPresent()) {
            spec.commandLine().getOut().println();
            print(changes);
            if (changes.size() == most) {
                spec.commandLine().getErr().println("There may be more: --limit N shows N of them");
            }
        }
        return 0;
    }

    private static String describe(Divergence found) {
        if (found.theirs() == null) {
            return "The other log ends before position " + found.position() + ", where this one has "
                    + describe(found.ours()) + ".";
        }
        if (found.ours() == null) {
            return "This log ends before position " + found.position() + ", where the other one has "
                    + describe(found.theirs()) + ".";
        }
        return "The two logs part at position " + found.position() + " in " + String.join(", ", found.fields())
                + ": this one has " + describe(found.ours()) + ", the other one " + describe(found.theirs()) + ".";
    }

    private int betweenRuns() {
        RunComparison comparison = Answers.to(
                new CompareRuns(runs.get(0), aFrom, aTo, runs.get(1), bFrom, bTo, field, limit, cursor),
                ResponseTypes.instanceOf(RunComparison.class),
                data);
        for (RunComparison.Side side : List.of(comparison.a(), comparison.b())) {
            if (side.events() == 0) {
                spec.commandLine()
                        .getErr()
                        .println("The log knows no event of swarm " + Shown.cell(side.swarmId(), 130));
                return 1;
            }
        }
        if (json) {
            output().json(comparison);
        } else {
            new RunsText(spec.commandLine().getOut(), output()).print(comparison);
        }
        return 0;
    }

    private static String describe(RecordedEvent event) {
        return Shown.cell(event.type(), 60) + " of " + Shown.cell(event.aggregateId(), 130) + " (event "
                + Shown.cell(event.id(), 60) + ")";
    }

    private void print(List<Change> changes) {
        if (changes.isEmpty()) {
            spec.commandLine().getOut().println("Nothing is different.");
            return;
        }
        output().table(
                        changes.stream()
                                .flatMap(change -> change.fields().stream().map(field -> new Line(change, field)))
                                .toList(),
                        LINES);
    }

    private static Object value(Object value) {
        return value == null || value instanceof String ? value : Json.mapper().writeValueAsString(value);
    }

    private static String event(EventRef event) {
        return event == null ? null : "#" + event.position() + " " + event.type();
    }

    private Output output() {
        return new Output(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
