package io.swarmledger.query.incident;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;
import java.util.List;

/**
 * Asks what is wrong, and what was: {@link Incidents}. What is {@code null} says nothing.
 *
 * @param swarmId of that swarm
 * @param rule of that label
 * @param open whether those that are open, or those that are not
 * @param after those that occurred or stood still later than that too, epoch milliseconds; told of as always, since whether
 *     they are open is of now
 * @param before those that occurred or stood still earlier than that too, likewise
 * @param limit at most so many; 100 unless given, at most {@value #MAX_LIMIT}
 * @param cursor where the page before ended
 */
@RecordBuilder
public record FindIncidents(
        String swarmId, String rule, Boolean open, Double after, Double before, Integer limit, String cursor)
        implements LedgerQuery, FindIncidentsBuilder.With {

    public static final int MAX_LIMIT = 1_000;

    /** An empty one says nothing either. */
    public FindIncidents {
        swarmId = swarmId == null || swarmId.isBlank() ? null : swarmId;
    }

    /** All of them. */
    public static FindIncidents all() {
        return new FindIncidents(null, null, null, null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return ProjectionNames.AGENT_STATE;
    }

    @Override
    public List<String> andFrom() {
        return List.of(ProjectionNames.TASK_HISTORY, ProjectionNames.SWARM_OVERVIEW);
    }
}
