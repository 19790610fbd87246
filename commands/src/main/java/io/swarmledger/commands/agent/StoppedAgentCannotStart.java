package io.swarmledger.commands.agent;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentStarted;
import java.util.Optional;

/** A stop is not undone by a start. */
final class StoppedAgentCannotStart implements Rule<Agent> {

    @Override
    public Optional<String> objection(Agent agent, LedgerEvent proposed) {
        return Rule.brokenIf(proposed instanceof AgentStarted && agent.isStopped(), "it was stopped");
    }
}
