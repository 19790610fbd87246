package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;
import java.util.List;

/** An agent came into being, idle. */
@EventType(value = "agent:spawned", begins = true)
public record AgentSpawned(String agentId, String role, String domain, List<String> capabilities)
        implements AgentEvent {}
