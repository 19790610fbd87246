package io.swarmledger.query.task;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/** Asks how the tasks, of one swarm or of all ({@code null}), have gone: {@link TaskStatistics}. */
public record GetTaskStatistics(String swarmId) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.TASK_HISTORY;
    }
}
