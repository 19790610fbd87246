package io.swarmledger.events.task;

import io.swarmledger.events.EventType;

/** An attempt at the task failed. */
@EventType("task:failed")
public record TaskFailed(String taskId, String error, String stack, Double failedAt, Long retryCount)
        implements TaskEvent {}
