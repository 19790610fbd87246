package io.swarmledger.commands.task;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskFailed;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * An attempt at the task failed.
 *
 * @param retryCount the failures before this one
 */
public record FailTask(
        @TargetAggregateIdentifier String taskId, String error, String stack, Double failedAt, Long retryCount)
        implements TaskCommand {

    public FailTask {
        Require.id("taskId", taskId);
        Require.text("error", error);
        Require.time("failedAt", failedAt);
        Require.count("retryCount", retryCount);
    }

    /** It fails when the command arrives. */
    public FailTask(String taskId, String error) {
        this(taskId, error, null, null, null);
    }

    @Override
    public String aggregateId() {
        return taskId;
    }

    @Override
    public LedgerEvent event() {
        return new TaskFailed(taskId, error, stack, failedAt, retryCount);
    }
}
