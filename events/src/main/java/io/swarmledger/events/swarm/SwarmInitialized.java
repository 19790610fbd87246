package io.swarmledger.events.swarm;

import io.swarmledger.events.EventType;
import java.util.Map;

/** A swarm came into being. */
@EventType(value = "swarm:initialized", begins = true)
public record SwarmInitialized(String topology, Long maxAgents, Map<String, Object> config, Double initializedAt)
        implements SwarmEvent {}
