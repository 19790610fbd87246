package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentStarted;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** The agent begins to work; not after it was stopped. */
public record StartAgent(@TargetAggregateIdentifier String agentId, Double startedAt) implements AgentCommand {

    public StartAgent {
        Require.id("agentId", agentId);
        Require.time("startedAt", startedAt);
    }

    /** It starts when the command arrives. */
    public StartAgent(String agentId) {
        this(agentId, null);
    }

    @Override
    public String aggregateId() {
        return agentId;
    }

    @Override
    public LedgerEvent event() {
        return new AgentStarted(agentId, startedAt);
    }
}
