package io.swarmledger.commands.agent;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.agent.AgentSamples.AGENT;
import static io.swarmledger.commands.agent.AgentSamples.assigned;
import static io.swarmledger.commands.agent.AgentSamples.failed;
import static io.swarmledger.commands.agent.AgentSamples.spawned;
import static io.swarmledger.commands.agent.AgentSamples.started;
import static io.swarmledger.commands.agent.AgentSamples.stopped;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.agent.AgentStopped;
import org.junit.jupiter.api.Test;

class StopAgentTest {

    @Test
    void itStopsWhenTheCommandArrives() {
        given(spawned()).when(new StopAgent(AGENT, "done")).appends(new AgentStopped(AGENT, "done", NOW));
    }

    @Test
    void theCallerMaySayWhenAndNotWhy() {
        given(spawned(), started()).when(new StopAgent(AGENT, null, 12.5)).appends(new AgentStopped(AGENT, null, 12.5));
    }

    @Test
    void openTasksDoNotHoldIt() {
        given(spawned(), assigned("task-1"))
                .when(new StopAgent(AGENT, "done"))
                .appends(new AgentStopped(AGENT, "done", NOW));
    }

    @Test
    void itStopsOnce() {
        given(spawned(), assigned("task-1"), stopped())
                .when(new StopAgent(AGENT, "again"))
                .isRefused("AgentIsStoppedOnce: it is stopped already (agent agent-1: stopped, 1 task assigned)");
    }

    @Test
    void whatWasNeverSpawnedDoesNotStop() {
        given(failed())
                .when(new StopAgent(AGENT, "done"))
                .isRefused("OnlySpawnedAgentCanAct: it was never spawned (agent agent-1: not spawned)");
    }
}
