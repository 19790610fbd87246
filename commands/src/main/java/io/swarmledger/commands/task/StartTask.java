package io.swarmledger.commands.task;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskStarted;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** An agent begins the task, or begins it again after a failure. */
public record StartTask(@TargetAggregateIdentifier String taskId, String agentId, Double startedAt)
        implements TaskCommand {

    public StartTask {
        Require.id("taskId", taskId);
        Require.id("agentId", agentId);
        Require.time("startedAt", startedAt);
    }

    /** It starts when the command arrives. */
    public StartTask(String taskId, String agentId) {
        this(taskId, agentId, null);
    }

    @Override
    public String aggregateId() {
        return taskId;
    }

    @Override
    public LedgerEvent event() {
        return new TaskStarted(taskId, agentId, startedAt);
    }
}
