package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentSpawned;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Brings an agent into being, once.
 *
 * @param name what people call it
 * @param parentAgentId who started it
 * @param model that it thinks with
 * @param sessionId of the program that it runs in
 */
public record SpawnAgent(
        @TargetAggregateIdentifier String agentId,
        String role,
        String domain,
        List<String> capabilities,
        String name,
        String parentAgentId,
        String model,
        String sessionId)
        implements AgentCommand {

    public SpawnAgent {
        Require.newId("agentId", agentId);
        Require.name("role", role);
        Require.name("domain", domain);
        capabilities = Require.texts("capabilities", capabilities);
        Require.name("name", name);
        Require.idIfGiven("parentAgentId", parentAgentId);
        Require.name("model", model);
        Require.name("sessionId", sessionId);
    }

    /** An agent of which no more is told. */
    public SpawnAgent(String agentId, String role, String domain, List<String> capabilities) {
        this(agentId, role, domain, capabilities, null, null, null, null);
    }

    /** An agent of that role, with no domain and no capabilities. */
    public SpawnAgent(String agentId, String role) {
        this(agentId, role, null, null);
    }

    @Override
    public String aggregateId() {
        return agentId;
    }

    @Override
    public LedgerEvent event() {
        return new AgentSpawned(agentId, role, domain, capabilities, name, parentAgentId, model, sessionId);
    }
}
