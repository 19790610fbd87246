package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentStatusChanged;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Gives the agent another status: idle, active, blocked, completed or error. */
public record ChangeAgentStatus(@TargetAggregateIdentifier String agentId, String previousStatus, String newStatus)
        implements AgentCommand {

    public ChangeAgentStatus {
        Require.id("agentId", agentId);
        Require.name("previousStatus", previousStatus);
        Require.oneOf(STATUSES, "newStatus", newStatus);
    }

    /** From whatever its status is. */
    public ChangeAgentStatus(String agentId, String newStatus) {
        this(agentId, null, newStatus);
    }

    @Override
    public String aggregateId() {
        return agentId;
    }

    @Override
    public LedgerEvent event() {
        return new AgentStatusChanged(agentId, previousStatus, newStatus);
    }
}
