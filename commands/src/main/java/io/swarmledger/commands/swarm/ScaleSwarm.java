package io.swarmledger.commands.swarm;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmScaled;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Gives the swarm another number of agents, from 0 to its maximum. */
public record ScaleSwarm(
        @TargetAggregateIdentifier String swarmId,
        Long previousAgentCount,
        Long newAgentCount,
        Double scaledAt,
        String reason)
        implements SwarmCommand {

    public ScaleSwarm {
        swarmId = swarmId == null ? DEFAULT_ID : Require.id("swarmId", swarmId);
        Require.count("previousAgentCount", previousAgentCount);
        Require.given("newAgentCount", newAgentCount);
        Require.time("scaledAt", scaledAt);
    }

    /** The default swarm, when the command arrives. */
    public ScaleSwarm(long newAgentCount, String reason) {
        this(null, null, newAgentCount, null, reason);
    }

    /** From whatever it has, when the command arrives. */
    public ScaleSwarm(String swarmId, long newAgentCount, String reason) {
        this(swarmId, null, newAgentCount, null, reason);
    }

    @Override
    public String aggregateId() {
        return swarmId;
    }

    @Override
    public LedgerEvent event() {
        return new SwarmScaled(previousAgentCount, newAgentCount, scaledAt, reason);
    }
}
