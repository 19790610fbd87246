package io.swarmledger.commands.task;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskStarted;
import java.util.Optional;

/** A task is started from pending, queued, blocked or, to try again, failed. */
final class OnlyWaitingTaskCanBeStarted implements Rule<Task> {

    @Override
    public Optional<String> objection(Task task, LedgerEvent proposed) {
        return Rule.brokenIf(
                proposed instanceof TaskStarted && !task.is("pending", "queued", "blocked", "failed"),
                "it is neither pending nor queued nor blocked nor failed");
    }
}
