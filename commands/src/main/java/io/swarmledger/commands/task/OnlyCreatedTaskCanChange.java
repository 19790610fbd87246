package io.swarmledger.commands.task;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskEvent;
import java.util.Optional;

/** Whatever else happens to a task, it was created before. */
final class OnlyCreatedTaskCanChange implements Rule<Task> {

    @Override
    public Optional<String> objection(Task task, LedgerEvent proposed) {
        return Rule.brokenIf(
                proposed instanceof TaskEvent && !(proposed instanceof TaskCreated) && !task.isCreated(),
                "it was never created");
    }
}
