package io.swarmledger.query.swarm;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;
import java.util.List;

/**
 * Asks for the swarms of which all of this is true, by id: a {@link io.swarmledger.query.Page} of {@link SwarmView}.
 * What is {@code null} says nothing.
 *
 * @param limit at most so many; 100 unless given, at most 100,000
 * @param cursor where the page before ended
 */
@RecordBuilder
public record FindSwarms(String status, String swarmId, Integer limit, String cursor)
        implements LedgerQuery, FindSwarmsBuilder.With {

    /** All of them. */
    public static FindSwarms all() {
        return new FindSwarms(null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return ProjectionNames.SWARM_OVERVIEW;
    }

    @Override
    public List<String> andFrom() {
        return List.of(ProjectionNames.AGENT_STATE);
    }

    boolean matches(SwarmView view) {
        SwarmState swarm = view.swarm();
        return (status == null || status.equals(swarm.status()))
                && (swarmId == null || swarmId.equals(swarm.swarmId()));
    }
}
