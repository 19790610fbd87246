package io.swarmledger.commands.task;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskCreated;
import java.util.Optional;

/** A task comes into being once. */
final class TaskIsCreatedOnce implements Rule<Task> {

    @Override
    public Optional<String> objection(Task task, LedgerEvent proposed) {
        return Rule.brokenIf(proposed instanceof TaskCreated && task.isCreated(), "it is created already");
    }
}
