package io.swarmledger.commands.task;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskQueued;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * The task waits to be started.
 *
 * @param priority critical, high, medium or low; left out, the one that the task has
 */
public record QueueTask(@TargetAggregateIdentifier String taskId, String priority, Double queuedAt)
        implements TaskCommand {

    public QueueTask {
        Require.id("taskId", taskId);
        if (priority != null) {
            Require.oneOf(PRIORITIES, "priority", priority);
        }
        Require.time("queuedAt", queuedAt);
    }

    /** With the priority that it has, when the command arrives. */
    public QueueTask(String taskId) {
        this(taskId, null, null);
    }

    @Override
    public String aggregateId() {
        return taskId;
    }

    @Override
    public LedgerEvent event() {
        return new TaskQueued(taskId, priority, queuedAt);
    }
}
