package io.swarmledger.query.agent;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/** Asks what the agents, of one swarm or of all ({@code null}), have done: {@link AgentMetrics}. */
public record GetAgentMetrics(String swarmId) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.AGENT_STATE;
    }
}
