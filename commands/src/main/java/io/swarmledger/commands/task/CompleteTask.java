package io.swarmledger.commands.task;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskCompleted;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * The task is done, finally.
 *
 * @param result any JSON
 * @param duration milliseconds; left out, since the last start
 */
public record CompleteTask(@TargetAggregateIdentifier String taskId, Object result, Double completedAt, Double duration)
        implements TaskCommand {

    public CompleteTask {
        Require.id("taskId", taskId);
        Require.time("completedAt", completedAt);
        Require.duration("duration", duration);
    }

    /** It is completed when the command arrives, after as long as it was in progress. */
    public CompleteTask(String taskId, Object result) {
        this(taskId, result, null, null);
    }

    @Override
    public String aggregateId() {
        return taskId;
    }

    @Override
    public LedgerEvent event() {
        return new TaskCompleted(taskId, result, completedAt, duration);
    }
}
