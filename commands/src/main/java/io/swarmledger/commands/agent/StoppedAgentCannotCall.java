package io.swarmledger.commands.agent;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentMessageSent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentToolCalled;
import java.util.Optional;

/** After its stop an agent calls no tool and no model, and says nothing. */
final class StoppedAgentCannotCall implements Rule<Agent> {

    @Override
    public Optional<String> objection(Agent agent, LedgerEvent proposed) {
        boolean call = proposed instanceof AgentToolCalled
                || proposed instanceof AgentModelCalled
                || proposed instanceof AgentMessageSent;
        return Rule.brokenIf(call && agent.isStopped(), "it was stopped");
    }
}
