package io.swarmledger.commands.agent;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.agent.AgentSamples.AGENT;
import static io.swarmledger.commands.agent.AgentSamples.assigned;
import static io.swarmledger.commands.agent.AgentSamples.spawned;
import static io.swarmledger.commands.agent.AgentSamples.stopped;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.agent.AgentTaskAssigned;
import org.junit.jupiter.api.Test;

class AssignTaskTest {

    @Test
    void itIsAssignedWhenTheCommandArrives() {
        given(spawned()).when(new AssignTask(AGENT, "task-1")).appends(new AgentTaskAssigned(AGENT, "task-1", NOW));
    }

    @Test
    void theCallerMaySayWhen() {
        given(spawned())
                .when(new AssignTask(AGENT, "task-1", 12.5))
                .appends(new AgentTaskAssigned(AGENT, "task-1", 12.5));
    }

    @Test
    void severalMayBeAssignedAtOnce() {
        given(spawned(), assigned("task-1"))
                .when(new AssignTask(AGENT, "task-2"))
                .appends(new AgentTaskAssigned(AGENT, "task-2", NOW));
    }

    @Test
    void notAfterItsStop() {
        given(spawned(), assigned("task-1"), assigned("task-2"), stopped())
                .when(new AssignTask(AGENT, "task-3"))
                .isRefused("StoppedAgentCannotChange: it was stopped (agent agent-1: stopped, 2 tasks assigned)");
    }

    @Test
    void notBeforeItIsSpawned() {
        given(assigned("task-1"))
                .when(new AssignTask(AGENT, "task-1"))
                .isRefused("OnlySpawnedAgentCanAct: it was never spawned (agent agent-1: not spawned)");
    }
}
