package io.swarmledger.commands.task;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskQueued;
import java.util.Optional;

/** A task is queued from pending, blocked or failed. */
final class OnlyPendingBlockedOrFailedTaskCanBeQueued implements Rule<Task> {

    @Override
    public Optional<String> objection(Task task, LedgerEvent proposed) {
        return Rule.brokenIf(
                proposed instanceof TaskQueued && !task.is("pending", "blocked", "failed"),
                "it is neither pending nor blocked nor failed");
    }
}
