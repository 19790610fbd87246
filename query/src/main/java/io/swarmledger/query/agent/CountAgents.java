package io.swarmledger.query.agent;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;
import java.util.List;

/**
 * Asks how many agents of swarms have which status: {@link io.swarmledger.query.view.SwarmCounts}.
 *
 * @param swarmIds of these swarms; none for all
 */
public record CountAgents(List<String> swarmIds) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.AGENT_STATE;
    }
}
