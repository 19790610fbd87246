package io.swarmledger.app.cli;

import io.swarmledger.app.door.Shown;
import io.swarmledger.app.text.TraceText;
import io.swarmledger.query.trace.GetTrace;
import io.swarmledger.query.trace.Trace;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        if (json) {
            new Output(spec.commandLine().getOut(), spec.commandLine().getErr()).json(trace.get());
        } else {
            spec.commandLine().getOut().println(TraceText.of(trace.get(), Screen.width()));
            if (!trace.get().isWhole()) {
                spec.commandLine().getErr().println("There is more: --limit");
            }
        }
        return 0;
    }
}
