package io.swarmledger.events.task;

import io.swarmledger.events.LedgerEvent;

/** What happens to a task, from its creation to its end. */
public sealed interface TaskEvent extends LedgerEvent
        permits TaskCreated, TaskQueued, TaskStarted, TaskCompleted, TaskFailed, TaskBlocked, TaskCancelled {

    /** The task that it happened to. */
    String taskId();
}
