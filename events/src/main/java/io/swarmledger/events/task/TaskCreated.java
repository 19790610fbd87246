package io.swarmledger.events.task;

import io.swarmledger.events.EventType;
import java.util.List;

/**
 * A task came into being, pending.
 *
 * @param priority critical, high, medium or low
 * @param parentTaskId the task that it is a part of
 */
@EventType(value = "task:created", begins = true)
public record TaskCreated(
        String taskId,
        String taskType,
        String title,
        String description,
        String priority,
        List<String> dependencies,
        Double createdAt,
        String parentTaskId)
        implements TaskEvent {

    /** One that is a part of no other. */
    public TaskCreated(
            String taskId,
            String taskType,
            String title,
            String description,
            String priority,
            List<String> dependencies,
            Double createdAt) {
        this(taskId, taskType, title, description, priority, dependencies, createdAt, null);
    }
}
