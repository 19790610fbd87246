package io.swarmledger.commands.task;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskCreated;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Brings a task into being, once, pending.
 *
 * @param priority critical, high, medium or low; left out, medium
 * @param parentTaskId the task that it is a part of
 */
public record CreateTask(
        @TargetAggregateIdentifier String taskId,
        String taskType,
        String title,
        String description,
        String priority,
        List<String> dependencies,
        Double createdAt,
        String parentTaskId)
        implements TaskCommand {

    public CreateTask {
        Require.newId("taskId", taskId);
        Require.name("taskType", taskType);
        Require.name("title", title);
        priority = priority == null ? DEFAULT_PRIORITY : Require.oneOf(PRIORITIES, "priority", priority);
        dependencies = Require.ids("dependencies", dependencies);
        Require.time("createdAt", createdAt);
        Require.idIfGiven("parentTaskId", parentTaskId);
    }

    /** A task that is a part of no other. */
    public CreateTask(
            String taskId,
            String taskType,
            String title,
            String description,
            String priority,
            List<String> dependencies,
            Double createdAt) {
        this(taskId, taskType, title, description, priority, dependencies, createdAt, null);
    }

    /** A task of medium priority that depends on nothing. */
    public CreateTask(String taskId, String taskType, String title) {
        this(taskId, taskType, title, null, null, null, null);
    }

    @Override
    public String aggregateId() {
        return taskId;
    }

    @Override
    public LedgerEvent event() {
        return new TaskCreated(taskId, taskType, title, description, priority, dependencies, createdAt, parentTaskId);
    }
}
