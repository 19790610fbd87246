package io.swarmledger.commands.swarm;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.swarm.SwarmSamples.SWARM;
import static io.swarmledger.commands.swarm.SwarmSamples.failed;
import static io.swarmledger.commands.swarm.SwarmSamples.initialized;
import static io.swarmledger.commands.swarm.SwarmSamples.terminated;
import static io.swarmledger.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.swarm.SwarmTerminated;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminateSwarmTest {

    @Test
    void itEndsWhenTheCommandArrives() {
        given(initialized())
                .when(new TerminateSwarm(SWARM, "done"))
                .appends(new SwarmTerminated("done", NOW, Map.of()));
    }

    @Test
    void theCallerMaySayAllOfIt() {
        given(initialized())
                .when(new TerminateSwarm(SWARM, "done", 12.5, Map.of("tasks", 12)))
                .appends(new SwarmTerminated("done", 12.5, Map.of("tasks", 12)));
    }

    @Test
    void aSwarmWithoutANameIsTheDefaultOne() {
        assertThat(new TerminateSwarm("done").aggregateId()).isEqualTo("swarm");
    }

    @Test
    void historyThatBeganAnewMayEndAnew() {
        given(initialized(), terminated(), initialized())
                .when(new TerminateSwarm(SWARM, "done"))
                .appends(new SwarmTerminated("done", NOW, Map.of()));
    }

    @Test
    void notAfterItsEnd() {
        given(initialized(), terminated())
                .when(new TerminateSwarm(SWARM, "again"))
                .isRefused("TerminatedSwarmIsFinal: it is terminated"
                        + " (swarm swarm-1: terminated, 0 agents of at most 15)");
    }

    @Test
    void notBeforeItsInitialization() {
        given(failed())
                .when(new TerminateSwarm(SWARM, "again"))
                .isRefused("OnlyInitializedSwarmCanChange: it was never initialized (swarm swarm-1: not initialized)");
    }
}
