package io.swarmledger.commands.task;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskEvent;
import java.util.Optional;

/** Nothing happens to a task after it was cancelled. */
final class CancelledTaskIsFinal implements Rule<Task> {

    @Override
    public Optional<String> objection(Task task, LedgerEvent proposed) {
        return Rule.brokenIf(
                proposed instanceof TaskEvent && !(proposed instanceof TaskCreated) && task.is("cancelled"),
                "it is cancelled");
    }
}
