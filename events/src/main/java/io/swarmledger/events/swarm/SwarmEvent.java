package io.swarmledger.events.swarm;

import io.swarmledger.events.LedgerEvent;

/** What happens to a swarm as a whole. */
public sealed interface SwarmEvent extends LedgerEvent
        permits SwarmInitialized, SwarmScaled, SwarmTerminated, SwarmPhaseChanged, SwarmMilestoneReached, SwarmFailed {}
