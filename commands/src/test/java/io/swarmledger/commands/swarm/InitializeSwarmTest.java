package io.swarmledger.commands.swarm;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.swarm.SwarmSamples.SWARM;
import static io.swarmledger.commands.swarm.SwarmSamples.initialized;
import static io.swarmledger.commands.swarm.SwarmSamples.scaledTo;
import static io.swarmledger.commands.swarm.SwarmSamples.terminated;
import static io.swarmledger.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.swarm.SwarmInitialized;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitializeSwarmTest {

    @Test
    void aSwarmComesIntoBeing() {
        given().when(new InitializeSwarm(SWARM, "mesh", 15L, Map.of("consensus", "raft"), 12.5))
                .appends(new SwarmInitialized("mesh", 15L, Map.of("consensus", "raft"), 12.5));
    }

    @Test
    void whatIsLeftOutIsFilledIn() {
        given().when(new InitializeSwarm(SWARM, "mesh", 15)).appends(new SwarmInitialized("mesh", 15L, Map.of(), NOW));
        given().when(new InitializeSwarm(SWARM, "mesh", null, null, null))
                .appends(new SwarmInitialized("mesh", null, Map.of(), NOW));
    }

    @Test
    void aSwarmWithoutANameIsTheDefaultOne() {
        assertThat(new InitializeSwarm("mesh", 15).aggregateId()).isEqualTo("swarm");
        given().when(new InitializeSwarm("mesh", 15)).appends(new SwarmInitialized("mesh", 15L, Map.of(), NOW));
    }

    @Test
    void itIsInitializedOnce() {
        given(initialized(), scaledTo(8L))
                .when(new InitializeSwarm(SWARM, "mesh", 15))
                .isRefused("SwarmIsInitializedOnce: it is initialized already"
                        + " (swarm swarm-1: running, 8 agents of at most 15)");
        given(initialized(), terminated())
                .when(new InitializeSwarm(SWARM, "mesh", 15))
                .isRefused("SwarmIsInitializedOnce: it is initialized already"
                        + " (swarm swarm-1: terminated, 0 agents of at most 15)");
    }
}
