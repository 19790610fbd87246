package io.swarmledger.events.task;

import io.swarmledger.events.EventType;
import java.util.List;

/** The task waits for others. */
@EventType("task:blocked")
public record TaskBlocked(String taskId, List<String> blockedBy, Double blockedAt) implements TaskEvent {}
