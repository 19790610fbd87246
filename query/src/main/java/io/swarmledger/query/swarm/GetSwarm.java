package io.swarmledger.query.swarm;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/** Asks for one swarm: a {@link SwarmState}, {@code null} if there is none of that id. */
public record GetSwarm(String id) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.SWARM_OVERVIEW;
    }
}
