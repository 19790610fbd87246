package io.swarmledger.commands.swarm;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.swarm.SwarmSamples.SWARM;
import static io.swarmledger.commands.swarm.SwarmSamples.failed;
import static io.swarmledger.commands.swarm.SwarmSamples.initialized;
import static io.swarmledger.commands.swarm.SwarmSamples.terminated;
import static io.swarmledger.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.swarm.SwarmFailed;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportSwarmErrorTest {

    @Test
    void itIsReportedWhenTheCommandArrives() {
        given(initialized())
                .when(new ReportSwarmError(SWARM, "no quorum"))
                .appends(new SwarmFailed("no quorum", null, Map.of(), NOW));
    }

    @Test
    void theCallerMaySayAllOfIt() {
        given(initialized(), failed())
                .when(new ReportSwarmError(SWARM, "no quorum", "at vote:1", Map.of("votes", 2), 12.5))
                .appends(new SwarmFailed("no quorum", "at vote:1", Map.of("votes", 2), 12.5));
    }

    @Test
    void aSwarmWithoutANameIsTheDefaultOne() {
        assertThat(new ReportSwarmError("no quorum").aggregateId()).isEqualTo("swarm");
    }

    @Test
    void notAfterItsEnd() {
        given(initialized(), terminated())
                .when(new ReportSwarmError(SWARM, "no quorum"))
                .isRefused("TerminatedSwarmIsFinal: it is terminated"
                        + " (swarm swarm-1: terminated, 0 agents of at most 15)");
    }

    @Test
    void notBeforeItsInitialization() {
        given(failed())
                .when(new ReportSwarmError(SWARM, "no quorum"))
                .isRefused("OnlyInitializedSwarmCanChange: it was never initialized (swarm swarm-1: not initialized)");
    }
}
