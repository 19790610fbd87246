package io.swarmledger.commands.swarm;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmMilestoneReached;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** The swarm reached something worth noting. */
public record ReachMilestone(
        @TargetAggregateIdentifier String swarmId, String milestoneId, String name, Double reachedAt)
        implements SwarmCommand {

    public ReachMilestone {
        swarmId = swarmId == null ? DEFAULT_ID : Require.id("swarmId", swarmId);
        Require.name("milestoneId", Require.text("milestoneId", milestoneId));
        Require.name("name", name);
        Require.time("reachedAt", reachedAt);
    }

    /** The default swarm, when the command arrives. */
    public ReachMilestone(String milestoneId, String name) {
        this(null, milestoneId, name, null);
    }

    /** It is reached when the command arrives. */
    public ReachMilestone(String swarmId, String milestoneId, String name) {
        this(swarmId, milestoneId, name, null);
    }

    @Override
    public String aggregateId() {
        return swarmId;
    }

    @Override
    public LedgerEvent event() {
        return new SwarmMilestoneReached(milestoneId, name, reachedAt);
    }
}
