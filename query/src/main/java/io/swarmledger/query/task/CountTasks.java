package io.swarmledger.query.task;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;
import java.util.List;

/**
 * Asks how many tasks of swarms have which status: {@link io.swarmledger.query.view.SwarmCounts}.
 *
 * @param swarmIds of these swarms; none for all
 */
public record CountTasks(List<String> swarmIds) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.TASK_HISTORY;
    }
}
