package io.swarmledger.commands.agent;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentStopped;
import java.util.Optional;

/** An agent ends once. */
final class AgentIsStoppedOnce implements Rule<Agent> {

    @Override
    public Optional<String> objection(Agent agent, LedgerEvent proposed) {
        return Rule.brokenIf(proposed instanceof AgentStopped && agent.isStopped(), "it is stopped already");
    }
}
