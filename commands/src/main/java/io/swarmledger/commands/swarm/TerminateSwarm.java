package io.swarmledger.commands.swarm;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmTerminated;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** The swarm ends, finally. */
public record TerminateSwarm(
        @TargetAggregateIdentifier String swarmId, String reason, Double terminatedAt, Map<String, Object> metrics)
        implements SwarmCommand {

    public TerminateSwarm {
        swarmId = swarmId == null ? DEFAULT_ID : Require.id("swarmId", swarmId);
        Require.time("terminatedAt", terminatedAt);
        metrics = Require.object(metrics);
    }

    /** The default swarm, when the command arrives. */
    public TerminateSwarm(String reason) {
        this(null, reason, null, null);
    }

    /** It ends when the command arrives. */
    public TerminateSwarm(String swarmId, String reason) {
        this(swarmId, reason, null, null);
    }

    @Override
    public String aggregateId() {
        return swarmId;
    }

    @Override
    public LedgerEvent event() {
        return new SwarmTerminated(reason, terminatedAt, metrics);
    }
}
