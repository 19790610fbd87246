package io.swarmledger.commands.swarm;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmInitialized;
import java.util.Optional;

/** A swarm comes into being once. */
final class SwarmIsInitializedOnce implements Rule<Swarm> {

    @Override
    public Optional<String> objection(Swarm swarm, LedgerEvent proposed) {
        return Rule.brokenIf(
                proposed instanceof SwarmInitialized && swarm.isInitialized(), "it is initialized already");
    }
}
