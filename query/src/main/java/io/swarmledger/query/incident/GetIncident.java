package io.swarmledger.query.incident;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;
import java.util.List;

/** Asks for one incident: an {@link java.util.Optional} of {@link IncidentWithEvents}. */
public record GetIncident(String incidentId) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.AGENT_STATE;
    }

    @Override
    public List<String> andFrom() {
        return List.of(ProjectionNames.TASK_HISTORY, ProjectionNames.SWARM_OVERVIEW);
    }
}
