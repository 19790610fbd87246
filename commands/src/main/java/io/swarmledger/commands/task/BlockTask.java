package io.swarmledger.commands.task;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskBlocked;
import java.util.Arrays;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** The task waits for others. */
public record BlockTask(@TargetAggregateIdentifier String taskId, List<String> blockedBy, Double blockedAt)
        implements TaskCommand {

    public BlockTask {
        Require.id("taskId", taskId);
        blockedBy = Require.ids("blockedBy", blockedBy);
        Require.time("blockedAt", blockedAt);
    }

    /** It is blocked when the command arrives. */
    public BlockTask(String taskId, String... blockedBy) {
        this(taskId, Arrays.asList(blockedBy), null);
    }

    @Override
    public String aggregateId() {
        return taskId;
    }

    @Override
    public LedgerEvent event() {
        return new TaskBlocked(taskId, blockedBy, blockedAt);
    }
}
