package io.swarmledger.query.task;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/**
 * Asks for the tasks of which all of this is true, by id: a {@link io.swarmledger.query.Page} of {@link TaskState}. What
 * is {@code null} says nothing.
 *
 * @param agent the id of the agent that it is assigned to
 * @param limit at most so many; 100 unless given, at most 100,000
 * @param cursor where the page before ended
 */
@RecordBuilder
public record FindTasks(
        String status, String agent, String type, String priority, String swarmId, Integer limit, String cursor)
        implements LedgerQuery, FindTasksBuilder.With {

    /** All of them. */
    public static FindTasks all() {
        return new FindTasks(null, null, null, null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return ProjectionNames.TASK_HISTORY;
    }

    boolean matches(TaskState task) {
        return (status == null || status.equals(task.status()))
                && (agent == null || agent.equals(task.assignedAgent()))
                && (type == null || type.equals(task.type()))
                && (priority == null || priority.equals(task.priority()))
                && (swarmId == null || swarmId.equals(task.swarmId()));
    }
}
