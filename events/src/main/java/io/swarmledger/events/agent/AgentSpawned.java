package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;
import java.util.List;

/**
 * An agent came into being, idle.
 *
 * @param name what people call it
 * @param parentAgentId who started it
 * @param model that it thinks with
 * @param sessionId of the program that it runs in
 */
@EventType(value = "agent:spawned", begins = true)
public record AgentSpawned(
        String agentId,
        String role,
        String domain,
        List<String> capabilities,
        String name,
        String parentAgentId,
        String model,
        String sessionId)
        implements AgentEvent {

    /** One of which no more is told. */
    public AgentSpawned(String agentId, String role, String domain, List<String> capabilities) {
        this(agentId, role, domain, capabilities, null, null, null, null);
    }
}
