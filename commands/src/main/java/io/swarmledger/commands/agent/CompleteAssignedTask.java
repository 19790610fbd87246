package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentTaskCompleted;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * The agent finished one of the tasks that were assigned to it.
 *
 * @param result any JSON
 * @param duration milliseconds; left out, since the assignment
 */
public record CompleteAssignedTask(
        @TargetAggregateIdentifier String agentId, String taskId, Object result, Double completedAt, Double duration)
        implements AgentCommand {

    public CompleteAssignedTask {
        Require.id("agentId", agentId);
        Require.id("taskId", taskId);
        Require.time("completedAt", completedAt);
        Require.duration("duration", duration);
    }

    /** It is completed when the command arrives, after as long as it was assigned. */
    public CompleteAssignedTask(String agentId, String taskId, Object result) {
        this(agentId, taskId, result, null, null);
    }

    @Override
    public String aggregateId() {
        return agentId;
    }

    @Override
    public LedgerEvent event() {
        return new AgentTaskCompleted(agentId, taskId, result, completedAt, duration);
    }
}
