package io.swarmledger.commands.swarm;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmFailed;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Something went wrong that concerns the swarm as a whole. */
public record ReportSwarmError(
        @TargetAggregateIdentifier String swarmId,
        String error,
        String stack,
        Map<String, Object> context,
        Double errorAt)
        implements SwarmCommand {

    public ReportSwarmError {
        swarmId = swarmId == null ? DEFAULT_ID : Require.id("swarmId", swarmId);
        Require.text("error", error);
        context = Require.object(context);
        Require.time("errorAt", errorAt);
    }

    /** The default swarm, when the command arrives. */
    public ReportSwarmError(String error) {
        this(null, error, null, null, null);
    }

    /** It is reported when the command arrives. */
    public ReportSwarmError(String swarmId, String error) {
        this(swarmId, error, null, null, null);
    }

    @Override
    public String aggregateId() {
        return swarmId;
    }

    @Override
    public LedgerEvent event() {
        return new SwarmFailed(error, stack, context, errorAt);
    }
}
