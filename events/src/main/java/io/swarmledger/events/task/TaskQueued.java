package io.swarmledger.events.task;

import io.swarmledger.events.EventType;

/** The task waits to be started. */
@EventType("task:queued")
public record TaskQueued(String taskId, String priority, Double queuedAt) implements TaskEvent {}
