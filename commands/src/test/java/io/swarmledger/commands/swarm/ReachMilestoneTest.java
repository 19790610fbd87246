package io.swarmledger.commands.swarm;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.swarm.SwarmSamples.SWARM;
import static io.swarmledger.commands.swarm.SwarmSamples.failed;
import static io.swarmledger.commands.swarm.SwarmSamples.initialized;
import static io.swarmledger.commands.swarm.SwarmSamples.terminated;
import static io.swarmledger.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.swarm.SwarmMilestoneReached;
import org.junit.jupiter.api.Test;

class ReachMilestoneTest {

    @Test
    void itIsReachedWhenTheCommandArrives() {
        given(initialized())
                .when(new ReachMilestone(SWARM, "m-1", "first light"))
                .appends(new SwarmMilestoneReached("m-1", "first light", NOW));
    }

    @Test
    void theCallerMaySayWhenAndNotItsName() {
        given(initialized())
                .when(new ReachMilestone(SWARM, "m-1", null, 12.5))
                .appends(new SwarmMilestoneReached("m-1", null, 12.5));
    }

    @Test
    void aSwarmWithoutANameIsTheDefaultOne() {
        assertThat(new ReachMilestone("m-1", "first light").aggregateId()).isEqualTo("swarm");
    }

    @Test
    void notAfterItsEnd() {
        given(initialized(), terminated())
                .when(new ReachMilestone(SWARM, "m-1", "first light"))
                .isRefused("TerminatedSwarmIsFinal: it is terminated"
                        + " (swarm swarm-1: terminated, 0 agents of at most 15)");
    }

    @Test
    void notBeforeItsInitialization() {
        given(failed())
                .when(new ReachMilestone(SWARM, "m-1", "first light"))
                .isRefused("OnlyInitializedSwarmCanChange: it was never initialized (swarm swarm-1: not initialized)");
    }
}
