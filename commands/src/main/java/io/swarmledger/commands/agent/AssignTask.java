package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentTaskAssigned;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Gives the agent a task; it may have several at once. */
public record AssignTask(@TargetAggregateIdentifier String agentId, String taskId, Double assignedAt)
        implements AgentCommand {

    public AssignTask {
        Require.id("agentId", agentId);
        Require.id("taskId", taskId);
        Require.time("assignedAt", assignedAt);
    }

    /** It is assigned when the command arrives. */
    public AssignTask(String agentId, String taskId) {
        this(agentId, taskId, null);
    }

    @Override
    public String aggregateId() {
        return agentId;
    }

    @Override
    public LedgerEvent event() {
        return new AgentTaskAssigned(agentId, taskId, assignedAt);
    }
}
