package io.swarmledger.commands.task;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskCancelled;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Nobody is to do the task any more. */
public record CancelTask(@TargetAggregateIdentifier String taskId, String reason, Double cancelledAt)
        implements TaskCommand {

    public CancelTask {
        Require.id("taskId", taskId);
        Require.time("cancelledAt", cancelledAt);
    }

    /** It is cancelled when the command arrives. */
    public CancelTask(String taskId, String reason) {
        this(taskId, reason, null);
    }

    @Override
    public String aggregateId() {
        return taskId;
    }

    @Override
    public LedgerEvent event() {
        return new TaskCancelled(taskId, reason, cancelledAt);
    }
}
