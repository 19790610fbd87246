package io.swarmledger.commands.swarm;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmPhaseChanged;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** The swarm enters another phase of its work. */
public record ChangePhase(
        @TargetAggregateIdentifier String swarmId, String previousPhase, String newPhase, Double changedAt)
        implements SwarmCommand {

    public ChangePhase {
        swarmId = swarmId == null ? DEFAULT_ID : Require.id("swarmId", swarmId);
        Require.name("previousPhase", previousPhase);
        Require.name("newPhase", Require.text("newPhase", newPhase));
        Require.time("changedAt", changedAt);
    }

    /** The default swarm, when the command arrives. */
    public ChangePhase(String newPhase) {
        this(null, null, newPhase, null);
    }

    /** From whatever phase it is in, when the command arrives. */
    public ChangePhase(String swarmId, String newPhase) {
        this(swarmId, null, newPhase, null);
    }

    @Override
    public String aggregateId() {
        return swarmId;
    }

    @Override
    public LedgerEvent event() {
        return new SwarmPhaseChanged(previousPhase, newPhase, changedAt);
    }
}
