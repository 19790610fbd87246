package io.swarmledger.events.swarm;

import io.swarmledger.events.EventType;
import java.util.Map;

/** The swarm ended, finally. */
@EventType("swarm:terminated")
public record SwarmTerminated(String reason, Double terminatedAt, Map<String, Object> metrics) implements SwarmEvent {}
