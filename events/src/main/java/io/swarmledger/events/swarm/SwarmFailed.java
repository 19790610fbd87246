package io.swarmledger.events.swarm;

import io.swarmledger.events.EventType;
import java.util.Map;

/** Something went wrong that concerns the swarm as a whole. */
@EventType("swarm:error")
public record SwarmFailed(String error, String stack, Map<String, Object> context, Double errorAt)
        implements SwarmEvent {}
