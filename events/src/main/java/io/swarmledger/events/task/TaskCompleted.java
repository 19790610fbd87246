package io.swarmledger.events.task;

import io.swarmledger.events.EventType;

/** The task is done, finally. {@code result} is any JSON. */
@EventType("task:completed")
public record TaskCompleted(String taskId, Object result, Double completedAt, Double duration) implements TaskEvent {}
