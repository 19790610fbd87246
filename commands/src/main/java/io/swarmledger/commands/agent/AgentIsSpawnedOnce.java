package io.swarmledger.commands.agent;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentSpawned;
import java.util.Optional;

/** An agent comes into being once. */
final class AgentIsSpawnedOnce implements Rule<Agent> {

    @Override
    public Optional<String> objection(Agent agent, LedgerEvent proposed) {
        return Rule.brokenIf(proposed instanceof AgentSpawned && agent.isSpawned(), "it is spawned already");
    }
}
