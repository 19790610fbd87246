package io.swarmledger.events.swarm;

import io.swarmledger.events.EventType;

/** The swarm entered another phase of its work. */
@EventType("swarm:phase-changed")
public record SwarmPhaseChanged(String previousPhase, String newPhase, Double changedAt) implements SwarmEvent {}
