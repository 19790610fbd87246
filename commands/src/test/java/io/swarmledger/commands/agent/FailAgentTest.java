package io.swarmledger.commands.agent;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.agent.AgentSamples.AGENT;
import static io.swarmledger.commands.agent.AgentSamples.failed;
import static io.swarmledger.commands.agent.AgentSamples.spawned;
import static io.swarmledger.commands.agent.AgentSamples.started;
import static io.swarmledger.commands.agent.AgentSamples.stopped;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.agent.AgentFailed;
import org.junit.jupiter.api.Test;

class FailAgentTest {

    @Test
    void itFailsWhenTheCommandArrives() {
        given(spawned()).when(new FailAgent(AGENT, "lost")).appends(new AgentFailed(AGENT, "lost", null, NOW));
    }

    @Test
    void theCallerMaySayWhenAndWhere() {
        given(spawned(), started(), failed())
                .when(new FailAgent(AGENT, "lost", "at main:1", 12.5))
                .appends(new AgentFailed(AGENT, "lost", "at main:1", 12.5));
    }

    @Test
    void notAfterItsStop() {
        given(spawned(), stopped())
                .when(new FailAgent(AGENT, "lost"))
                .isRefused("StoppedAgentCannotChange: it was stopped (agent agent-1: stopped, 0 tasks assigned)");
    }

    @Test
    void notBeforeItIsSpawned() {
        given(started())
                .when(new FailAgent(AGENT, "lost"))
                .isRefused("OnlySpawnedAgentCanAct: it was never spawned (agent agent-1: not spawned)");
    }
}
