package io.swarmledger.commands.task;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskCreated;
import java.util.Optional;

/** A task that waited for itself would wait for ever. */
final class TaskCannotDependOnItself implements Rule<Task> {

    @Override
    public Optional<String> objection(Task task, LedgerEvent proposed) {
        return proposed instanceof TaskCreated created && created.dependencies() != null
                ? Rule.brokenIf(created.dependencies().contains(task.taskId()), "it is among its own dependencies")
                : Optional.empty();
    }
}
