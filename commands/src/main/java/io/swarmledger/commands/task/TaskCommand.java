package io.swarmledger.commands.task;

import io.swarmledger.commands.LedgerCommand;
import java.util.List;

/** What can be asked of a task. */
public sealed interface TaskCommand extends LedgerCommand
        permits CreateTask, QueueTask, StartTask, CompleteTask, FailTask, BlockTask, CancelTask {

    /** The priorities that a task can have, most urgent first. */
    List<String> PRIORITIES = List.of("critical", "high", "medium", "low");

    String DEFAULT_PRIORITY = "medium";

    @Override
    default String aggregateType() {
        return Task.TYPE;
    }
}
