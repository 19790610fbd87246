package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentFailed;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** The agent met an error. */
public record FailAgent(@TargetAggregateIdentifier String agentId, String error, String stack, Double failedAt)
        implements AgentCommand {

    public FailAgent {
        Require.id("agentId", agentId);
        Require.text("error", error);
        Require.time("failedAt", failedAt);
    }

    /** It fails when the command arrives. */
    public FailAgent(String agentId, String error) {
        this(agentId, error, null, null);
    }

    @Override
    public String aggregateId() {
        return agentId;
    }

    @Override
    public LedgerEvent event() {
        return new AgentFailed(agentId, error, stack, failedAt);
    }
}
