package io.swarmledger.app.cli;

import com.github.freva.asciitable.ColumnData;
import io.swarmledger.app.Shown;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.trace.GetTrace;
import io.swarmledger.query.trace.Link;
import io.swarmledger.query.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "trace",
        description = {
            "What caused an event, back to the root, and what it led to.",
            "Each step says how the ledger knows: recorded, inferred by a rule, or unknown."
        },
        mixinStandardHelpOptions = true)
final class TraceEvent implements Callable<Integer> {

    @Mixin
    private DataOption data;

    @Parameters(paramLabel = "ID", description = "The id of the event.")
    private String id;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many in each direction. Default: 100")
    private Integer limit;

    @Option(names = "--json", description = "Print what HTTP would answer.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Optional<Trace> trace =
                Answers.to(new GetTrace(id, limit), ResponseTypes.optionalInstanceOf(Trace.class), data);
        if (trace.isEmpty()) {
            spec.commandLine().getErr().println("The log knows no event " + Shown.cell(id, 130));
            return 1;
        }
        Output output =
                new Output(spec.commandLine().getOut(), spec.commandLine().getErr());
        if (json) {
            output.json(trace.get());
        } else {
            output.table(lines(trace.get()), LINES);
            if (!trace.get().isWhole()) {
                spec.commandLine().getErr().println("There is more: --limit");
            }
        }
        return 0;
    }

    private record Line(int steps, String how, RecordedEvent event) {}

    private static final List<ColumnData<Line>> LINES = List.of(
            Output.column("STEP", line -> line.steps() == 0 ? "0" : String.format("%+d", line.steps())),
            Output.column("POSITION", of(RecordedEvent::position)),
            Output.column("TIME", of(event -> Output.time(event.timestamp()))),
            Output.column("TYPE", of(RecordedEvent::type)),
            Output.column("AGGREGATE", of(event -> Shown.id(event.aggregateId(), 36))),
            Output.column("KNOWN", Line::how));

    private static Function<Line, Object> of(Function<RecordedEvent, Object> value) {
        return line -> line.event() == null ? null : value.apply(line.event());
    }

    /** From the root to what came of it last. */
    private static List<Line> lines(Trace trace) {
        List<Line> lines = new ArrayList<>();
        trace.causes().forEach(link -> lines.add(0, new Line(-link.steps(), how(link), link.event())));
        lines.add(new Line(0, null, trace.event()));
        trace.effects().forEach(link -> lines.add(new Line(link.steps(), how(link), link.event())));
        return lines;
    }

    private static String how(Link link) {
        return link.rule() == null ? link.via().name() : link.via() + ": " + link.rule();
    }
}
