package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentStopped;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** The agent ends, once. */
public record StopAgent(@TargetAggregateIdentifier String agentId, String reason, Double stoppedAt)
        implements AgentCommand {

    public StopAgent {
        Require.id("agentId", agentId);
        Require.time("stoppedAt", stoppedAt);
    }

    /** It stops when the command arrives. */
    public StopAgent(String agentId, String reason) {
        this(agentId, reason, null);
    }

    @Override
    public String aggregateId() {
        return agentId;
    }

    @Override
    public LedgerEvent event() {
        return new AgentStopped(agentId, reason, stoppedAt);
    }
}
