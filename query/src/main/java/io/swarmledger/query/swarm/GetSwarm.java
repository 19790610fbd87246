package io.swarmledger.query.swarm;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;
import java.util.List;

/** Asks for one swarm: a {@link SwarmView}, {@code null} if there is none of that id. */
public record GetSwarm(String id) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.SWARM_OVERVIEW;
    }

    @Override
    public List<String> andFrom() {
        return List.of(ProjectionNames.AGENT_STATE);
    }
}
