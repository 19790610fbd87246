package io.swarmledger.commands.swarm;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.swarm.SwarmSamples.SWARM;
import static io.swarmledger.commands.swarm.SwarmSamples.failed;
import static io.swarmledger.commands.swarm.SwarmSamples.inPhase;
import static io.swarmledger.commands.swarm.SwarmSamples.initialized;
import static io.swarmledger.commands.swarm.SwarmSamples.terminated;
import static io.swarmledger.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.swarm.SwarmPhaseChanged;
import org.junit.jupiter.api.Test;

class ChangePhaseTest {

    @Test
    void thePreviousPhaseIsTheOneItIsIn() {
        given(initialized()).when(new ChangePhase(SWARM, "design")).appends(new SwarmPhaseChanged(null, "design", NOW));
        given(initialized(), inPhase("design"), inPhase("build"))
                .when(new ChangePhase(SWARM, "test"))
                .appends(new SwarmPhaseChanged("build", "test", NOW));
    }

    @Test
    void theCallerMaySayWhenAndFromWhich() {
        given(initialized())
                .when(new ChangePhase(SWARM, "idea", "design", 12.5))
                .appends(new SwarmPhaseChanged("idea", "design", 12.5));
    }

    @Test
    void historyThatBeganAnewHasNoPhase() {
        given(initialized(), inPhase("design"), initialized())
                .when(new ChangePhase(SWARM, "test"))
                .appends(new SwarmPhaseChanged(null, "test", NOW));
    }

    @Test
    void aSwarmWithoutANameIsTheDefaultOne() {
        assertThat(new ChangePhase("design").aggregateId()).isEqualTo("swarm");
    }

    @Test
    void notAfterItsEnd() {
        given(initialized(), terminated())
                .when(new ChangePhase(SWARM, "design"))
                .isRefused("TerminatedSwarmIsFinal: it is terminated"
                        + " (swarm swarm-1: terminated, 0 agents of at most 15)");
    }

    @Test
    void notBeforeItsInitialization() {
        given(failed())
                .when(new ChangePhase(SWARM, "design"))
                .isRefused("OnlyInitializedSwarmCanChange: it was never initialized (swarm swarm-1: not initialized)");
    }
}
