package io.swarmledger.commands.task;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskCompleted;
import java.util.Optional;

/** A task is completed from in-progress. */
final class OnlyTaskInProgressCanBeCompleted implements Rule<Task> {

    @Override
    public Optional<String> objection(Task task, LedgerEvent proposed) {
        return Rule.brokenIf(proposed instanceof TaskCompleted && !task.is("in-progress"), "it is not in progress");
    }
}
