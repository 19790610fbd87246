package io.swarmledger.commands.agent;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.agent.AgentSamples.AGENT;
import static io.swarmledger.commands.agent.AgentSamples.failed;
import static io.swarmledger.commands.agent.AgentSamples.spawned;
import static io.swarmledger.commands.agent.AgentSamples.started;
import static io.swarmledger.commands.agent.AgentSamples.stopped;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.agent.AgentStarted;
import org.junit.jupiter.api.Test;

class StartAgentTest {

    @Test
    void itStartsWhenTheCommandArrives() {
        given(spawned()).when(new StartAgent(AGENT)).appends(new AgentStarted(AGENT, NOW));
    }

    @Test
    void theCallerMaySayWhen() {
        given(spawned()).when(new StartAgent(AGENT, 12.5)).appends(new AgentStarted(AGENT, 12.5));
    }

    @Test
    void itMayStartAgainWhileItIsNotStopped() {
        given(spawned(), started()).when(new StartAgent(AGENT)).appends(new AgentStarted(AGENT, NOW));
        given(spawned(), failed()).when(new StartAgent(AGENT)).appends(new AgentStarted(AGENT, NOW));
    }

    @Test
    void aStopIsNotUndone() {
        given(spawned(), stopped())
                .when(new StartAgent(AGENT))
                .isRefused("StoppedAgentCannotStart: it was stopped (agent agent-1: stopped, 0 tasks assigned)");
    }

    @Test
    void historyThatStartedAfterAStopStandsAndTheRulesGoOnFromThere() {
        given(spawned(), stopped(), started()).when(new StartAgent(AGENT)).appends(new AgentStarted(AGENT, NOW));
        given(spawned(), stopped(), spawned()).when(new StartAgent(AGENT)).appends(new AgentStarted(AGENT, NOW));
    }

    @Test
    void whatWasNeverSpawnedDoesNotStart() {
        given(started())
                .when(new StartAgent(AGENT))
                .isRefused("OnlySpawnedAgentCanAct: it was never spawned (agent agent-1: not spawned)");
    }
}
