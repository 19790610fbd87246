package io.swarmledger.events.task;

import io.swarmledger.events.EventType;
import java.util.List;

/** A task came into being, pending. {@code priority}: critical, high, medium or low. */
@EventType(value = "task:created", begins = true)
public record TaskCreated(
        String taskId,
        String taskType,
        String title,
        String description,
        String priority,
        List<String> dependencies,
        Double createdAt)
        implements TaskEvent {}
