package io.swarmledger.commands.swarm;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmScaled;
import java.util.Optional;

/** A swarm is scaled between 0 and the maximum with which it was initialized. */
final class AgentCountStaysWithinMaximum implements Rule<Swarm> {

    @Override
    public Optional<String> objection(Swarm swarm, LedgerEvent proposed) {
        if (!(proposed instanceof SwarmScaled scaled) || scaled.newAgentCount() == null) {
            return Optional.empty();
        }
        long asked = scaled.newAgentCount();
        return Rule.brokenIf(asked < 0, asked + " agents are fewer than 0")
                .or(() -> Rule.brokenIf(
                        swarm.maxAgents() != null && asked > swarm.maxAgents(),
                        asked + " agents are more than its maximum of " + swarm.maxAgents()));
    }
}
