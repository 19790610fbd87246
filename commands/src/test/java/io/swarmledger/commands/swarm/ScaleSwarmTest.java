package io.swarmledger.commands.swarm;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.swarm.SwarmSamples.SWARM;
import static io.swarmledger.commands.swarm.SwarmSamples.failed;
import static io.swarmledger.commands.swarm.SwarmSamples.initialized;
import static io.swarmledger.commands.swarm.SwarmSamples.scaledTo;
import static io.swarmledger.commands.swarm.SwarmSamples.terminated;
import static io.swarmledger.commands.swarm.SwarmSamples.withoutLimit;
import static io.swarmledger.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.swarm.SwarmScaled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleSwarmTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 15})
    void itIsScaledBetweenNoneAndItsMaximum(long agents) {
        given(initialized())
                .when(new ScaleSwarm(SWARM, agents, "load"))
                .appends(new SwarmScaled(0L, agents, NOW, "load"));
    }

    @Test
    void thePreviousCountIsTheOneItHas() {
        given(initialized(), scaledTo(8L), scaledTo(null))
                .when(new ScaleSwarm(SWARM, 3, "load"))
                .appends(new SwarmScaled(8L, 3L, NOW, "load"));
    }

    @Test
    void theCallerMaySayWhenAndFromHowMany() {
        given(initialized())
                .when(new ScaleSwarm(SWARM, 5L, 6L, 12.5, null))
                .appends(new SwarmScaled(5L, 6L, 12.5, null));
    }

    @Test
    void aSwarmWithoutANameIsTheDefaultOne() {
        assertThat(new ScaleSwarm(3, "load").aggregateId()).isEqualTo("swarm");
    }

    @Test
    void notBeyondItsMaximum() {
        given(initialized(), scaledTo(3L))
                .when(new ScaleSwarm(SWARM, 16, "load"))
                .isRefused("AgentCountStaysWithinMaximum: 16 agents are more than its maximum of 15"
                        + " (swarm swarm-1: running, 3 agents of at most 15)");
    }

    @Test
    void withoutAMaximumAsFarAsAsked() {
        given(withoutLimit())
                .when(new ScaleSwarm(SWARM, 1_000_000, "load"))
                .appends(new SwarmScaled(0L, 1_000_000L, NOW, "load"));
    }

    @Test
    void notBelowNone() {
        given(withoutLimit())
                .when(new ScaleSwarm(SWARM, -1, "load"))
                .isRefused("AgentCountStaysWithinMaximum: -1 agents are fewer than 0"
                        + " (swarm swarm-1: running, 0 agents of at most any number)");
    }

    @Test
    void notAfterItsEnd() {
        given(initialized(), terminated())
                .when(new ScaleSwarm(SWARM, 3, "load"))
                .isRefused("TerminatedSwarmIsFinal: it is terminated"
                        + " (swarm swarm-1: terminated, 0 agents of at most 15)");
    }

    @Test
    void notBeforeItsInitialization() {
        given(failed())
                .when(new ScaleSwarm(SWARM, 3, "load"))
                .isRefused("OnlyInitializedSwarmCanChange: it was never initialized (swarm swarm-1: not initialized)");
    }
}
