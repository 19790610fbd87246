package io.swarmledger.commands.swarm;

import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.events.Envelope;

/** What can be asked of a swarm. */
public sealed interface SwarmCommand extends LedgerCommand
        permits InitializeSwarm, ScaleSwarm, TerminateSwarm, ChangePhase, ReachMilestone, ReportSwarmError {

    /** The swarm that is meant where none is named. */
    String DEFAULT_ID = Envelope.DEFAULT_SWARM_ID;

    @Override
    default String aggregateType() {
        return Swarm.TYPE;
    }
}
