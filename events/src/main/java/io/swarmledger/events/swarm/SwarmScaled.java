package io.swarmledger.events.swarm;

import io.swarmledger.events.EventType;

/** The swarm has another number of agents. */
@EventType("swarm:scaled")
public record SwarmScaled(Long previousAgentCount, Long newAgentCount, Double scaledAt, String reason)
        implements SwarmEvent {}
