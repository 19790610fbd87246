package io.swarmledger.query.task;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/** Asks for one task: a {@link TaskState}, {@code null} if there is none of that id. */
public record GetTask(String taskId) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.TASK_HISTORY;
    }
}
