package io.swarmledger.commands.agent;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.events.agent.AgentStatusChanged;
import io.swarmledger.events.agent.AgentTaskAssigned;
import java.util.Optional;

/** After its stop an agent is given no task and no status, and does not fail. */
final class StoppedAgentCannotChange implements Rule<Agent> {

    @Override
    public Optional<String> objection(Agent agent, LedgerEvent proposed) {
        boolean change = proposed instanceof AgentTaskAssigned
                || proposed instanceof AgentFailed
                || proposed instanceof AgentStatusChanged;
        return Rule.brokenIf(change && agent.isStopped(), "it was stopped");
    }
}
