package io.swarmledger.commands.swarm;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmEvent;
import io.swarmledger.events.swarm.SwarmInitialized;
import java.util.Optional;

/** Whatever else happens to a swarm, it was initialized before. */
final class OnlyInitializedSwarmCanChange implements Rule<Swarm> {

    @Override
    public Optional<String> objection(Swarm swarm, LedgerEvent proposed) {
        return Rule.brokenIf(
                proposed instanceof SwarmEvent && !(proposed instanceof SwarmInitialized) && !swarm.isInitialized(),
                "it was never initialized");
    }
}
