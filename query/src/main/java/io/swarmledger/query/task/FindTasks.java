package io.swarmledger.query.task;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;
import java.util.List;

/**
 * Asks for the tasks of which all of this is true: a {@link io.swarmledger.query.Page} of {@link TaskState}. What
 * is {@code null} says nothing.
 *
 * @param agent the id of the agent that it is assigned to
 * @param stuck {@code true} for those in progress that nobody is known to work on: their agent is stopped, failing or
 *     silent, or is at another task; {@code false} for all others
 * @param after those that had not ended by then, epoch milliseconds
 * @param before those that were created earlier than that, epoch milliseconds
 * @param limit at most so many; 100 unless given, at most 100,000
 * @param cursor where the page before ended
 * @param sort by what, with {@code -} before it for the greatest first: title, status, priority, agent, type, createdAt, duration or
 *     retryCount; by id unless given
 */
@RecordBuilder
public record FindTasks(
        String status,
        String agent,
        String type,
        String priority,
        Boolean stuck,
        String swarmId,
        Double after,
        Double before,
        Integer limit,
        String cursor,
        String sort)
        implements LedgerQuery, FindTasksBuilder.With {

    /** All of them. */
    public static FindTasks all() {
        return FindTasksBuilder.builder().build();
    }

    @Override
    public String answeredFrom() {
        return ProjectionNames.TASK_HISTORY;
    }

    @Override
    public List<String> andFrom() {
        return stuck == null ? List.of() : List.of(ProjectionNames.AGENT_STATE);
    }

    /** As far as the task itself tells: whoever asks for those that are stuck is told of each that may be. */
    public boolean matches(TaskState task) {
        return (status == null || status.equals(task.status()))
                && (agent == null || agent.equals(task.assignedAgent()))
                && (type == null || type.equals(task.type()))
                && (priority == null || priority.equals(task.priority()))
                && (swarmId == null || swarmId.equals(task.swarmId()))
                && (after == null || !task.hasEnded() || task.endedAt() > after)
                && (before == null || task.createdAt() == null || task.createdAt() < before);
    }
}
