package io.swarmledger.query.attention;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;
import java.util.List;

/** Asks what of all swarms, and of what belongs to none that was initialized, somebody should look at: {@link Attention}. */
public record GetAttention() implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.AGENT_STATE;
    }

    @Override
    public List<String> andFrom() {
        return List.of(ProjectionNames.TASK_HISTORY, ProjectionNames.SWARM_OVERVIEW);
    }
}
