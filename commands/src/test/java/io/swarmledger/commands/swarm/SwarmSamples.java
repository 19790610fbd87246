package io.swarmledger.commands.swarm;

import static io.swarmledger.testing.Samples.BEFORE;

import io.swarmledger.events.swarm.SwarmFailed;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmPhaseChanged;
import io.swarmledger.events.swarm.SwarmScaled;
import io.swarmledger.events.swarm.SwarmTerminated;
import java.util.Map;

/** What may have happened to one swarm. */
final class SwarmSamples {

    static final String SWARM = "swarm-1";

    private SwarmSamples() {}

    static SwarmInitialized initialized() {
        return new SwarmInitialized("hierarchical", 15L, Map.of("consensus", "raft"), BEFORE);
    }

    static SwarmInitialized withoutLimit() {
        return new SwarmInitialized("mesh", null, null, BEFORE);
    }

    static SwarmScaled scaledTo(Long agents) {
        return new SwarmScaled(null, agents, BEFORE, "load");
    }

    static SwarmPhaseChanged inPhase(String phase) {
        return new SwarmPhaseChanged(null, phase, BEFORE);
    }

    static SwarmTerminated terminated() {
        return new SwarmTerminated("work done", BEFORE, Map.of());
    }

    static SwarmFailed failed() {
        return new SwarmFailed("no quorum", null, Map.of(), BEFORE);
    }
}
