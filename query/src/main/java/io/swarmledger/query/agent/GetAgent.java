package io.swarmledger.query.agent;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/** Asks for one agent: an {@link AgentView}, {@code null} if there is none of that id. */
public record GetAgent(String agentId) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.AGENT_STATE;
    }
}
