package io.swarmledger.commands.agent;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.agent.AgentSamples.AGENT;
import static io.swarmledger.commands.agent.AgentSamples.spawned;
import static io.swarmledger.commands.agent.AgentSamples.started;
import static io.swarmledger.commands.agent.AgentSamples.stopped;

import io.swarmledger.events.agent.AgentSpawned;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpawnAgentTest {

    @Test
    void anAgentComesIntoBeing() {
        given().when(new SpawnAgent(AGENT, "coder", "core", List.of("java", "sql")))
                .appends(new AgentSpawned(AGENT, "coder", "core", List.of("java", "sql")));
    }

    @Test
    void capabilitiesLeftOutAreNone() {
        given().when(new SpawnAgent(AGENT, "coder")).appends(new AgentSpawned(AGENT, "coder", null, List.of()));
    }

    @Test
    void itIsSpawnedAfterHistoryThatForgotToSaySo() {
        given(started())
                .when(new SpawnAgent(AGENT, "coder"))
                .appends(new AgentSpawned(AGENT, "coder", null, List.of()));
    }

    @Test
    void itIsSpawnedOnce() {
        given(spawned())
                .when(new SpawnAgent(AGENT, "coder"))
                .isRefused("AgentIsSpawnedOnce: it is spawned already (agent agent-1: idle, 0 tasks assigned)");
        given(spawned(), stopped())
                .when(new SpawnAgent(AGENT, "coder"))
                .isRefused("AgentIsSpawnedOnce: it is spawned already (agent agent-1: stopped, 0 tasks assigned)");
    }
}
