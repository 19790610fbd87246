package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentSpawned;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Brings an agent into being, once. */
public record SpawnAgent(
        @TargetAggregateIdentifier String agentId, String role, String domain, List<String> capabilities)
        implements AgentCommand {

    public SpawnAgent {
        Require.newId("agentId", agentId);
        Require.name("role", role);
        Require.name("domain", domain);
        capabilities = Require.texts("capabilities", capabilities);
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
        return new AgentSpawned(agentId, role, domain, capabilities);
    }
}
