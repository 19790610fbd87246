package io.swarmledger.events.task;

import io.swarmledger.events.EventType;

/** Nobody is to do the task any more, finally. */
@EventType("task:cancelled")
public record TaskCancelled(String taskId, String reason, Double cancelledAt) implements TaskEvent {}
