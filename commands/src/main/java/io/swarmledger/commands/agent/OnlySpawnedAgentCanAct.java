package io.swarmledger.commands.agent;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentEvent;
import io.swarmledger.events.agent.AgentSpawned;
import java.util.Optional;

/** Whatever else happens to an agent, it was spawned before. */
final class OnlySpawnedAgentCanAct implements Rule<Agent> {

    @Override
    public Optional<String> objection(Agent agent, LedgerEvent proposed) {
        return Rule.brokenIf(
                proposed instanceof AgentEvent && !(proposed instanceof AgentSpawned) && !agent.isSpawned(),
                "it was never spawned");
    }
}
