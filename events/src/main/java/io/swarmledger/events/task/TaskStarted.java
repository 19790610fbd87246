package io.swarmledger.events.task;

import io.swarmledger.events.EventType;

/** An agent began the task, or began it again after a failure. */
@EventType("task:started")
public record TaskStarted(String taskId, String agentId, Double startedAt) implements TaskEvent {}
