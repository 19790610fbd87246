package io.swarmledger.events.swarm;

import io.swarmledger.events.EventType;

/** The swarm reached something worth noting. */
@EventType("swarm:milestone-reached")
public record SwarmMilestoneReached(String milestoneId, String name, Double reachedAt) implements SwarmEvent {}
