package io.swarmledger.commands.agent;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.agent.AgentSamples.AGENT;
import static io.swarmledger.commands.agent.AgentSamples.assigned;
import static io.swarmledger.commands.agent.AgentSamples.completed;
import static io.swarmledger.commands.agent.AgentSamples.spawned;
import static io.swarmledger.commands.agent.AgentSamples.stopped;
import static io.swarmledger.testing.Samples.BEFORE;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompleteAssignedTaskTest {

    @Test
    void itTookAsLongAsItWasAssigned() {
        given(spawned(), assigned("task-1"))
                .when(new CompleteAssignedTask(AGENT, "task-1", Map.of("files", List.of("A.java"))))
                .appends(
                        new AgentTaskCompleted(AGENT, "task-1", Map.of("files", List.of("A.java")), NOW, NOW - BEFORE));
    }

    @Test
    void eachOfSeveralTasksHasItsOwnTime() {
        given(spawned(), new AgentTaskAssigned(AGENT, "task-1", BEFORE - 1_000), assigned("task-2"))
                .when(new CompleteAssignedTask(AGENT, "task-1", null))
                .appends(new AgentTaskCompleted(AGENT, "task-1", null, NOW, NOW - BEFORE + 1_000));
    }

    @Test
    void theLastAssignmentCounts() {
        given(spawned(), new AgentTaskAssigned(AGENT, "task-1", 0d), assigned("task-1"))
                .when(new CompleteAssignedTask(AGENT, "task-1", null))
                .appends(new AgentTaskCompleted(AGENT, "task-1", null, NOW, NOW - BEFORE));
    }

    @Test
    void anAssignmentThatDoesNotSayWhenWasWhenItsEventWas() {
        given(spawned(), new AgentTaskAssigned(AGENT, "task-1", null))
                .when(new CompleteAssignedTask(AGENT, "task-1", null))
                .appends(new AgentTaskCompleted(AGENT, "task-1", null, NOW, NOW - BEFORE));
    }

    @Test
    void theCallerMaySayWhenAndHowLong() {
        given(spawned(), assigned("task-1"))
                .when(new CompleteAssignedTask(AGENT, "task-1", "ok", BEFORE + 30, null))
                .appends(new AgentTaskCompleted(AGENT, "task-1", "ok", BEFORE + 30, 30d));
        given(spawned(), assigned("task-1"))
                .when(new CompleteAssignedTask(AGENT, "task-1", "ok", BEFORE + 30, 7.5))
                .appends(new AgentTaskCompleted(AGENT, "task-1", "ok", BEFORE + 30, 7.5));
    }

    @Test
    void aClockThatWentBackMakesNoNegativeDuration() {
        given(spawned(), assigned("task-1"))
                .when(new CompleteAssignedTask(AGENT, "task-1", "ok", BEFORE - 30, null))
                .appends(new AgentTaskCompleted(AGENT, "task-1", "ok", BEFORE - 30, 0d));
    }

    @Test
    void aTimeInHistoryThatIsNoneMakesNoDuration() {
        for (double never : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            given(spawned(), new AgentTaskAssigned(AGENT, "task-1", never))
                    .when(new CompleteAssignedTask(AGENT, "task-1", "ok"))
                    .appends(new AgentTaskCompleted(AGENT, "task-1", "ok", NOW, null));
        }
    }

    @Test
    void onlyWhatIsAssigned() {
        given(spawned(), assigned("task-1"))
                .when(new CompleteAssignedTask(AGENT, "task-2", "ok"))
                .isRefused("OnlyAssignedTaskCanBeCompleted: task-2 is not assigned to it"
                        + " (agent agent-1: active, 1 task assigned)");
    }

    @Test
    void onlyOnce() {
        given(spawned(), assigned("task-1"), completed("task-1"))
                .when(new CompleteAssignedTask(AGENT, "task-1", "ok"))
                .isRefused("OnlyAssignedTaskCanBeCompleted: task-1 is not assigned to it"
                        + " (agent agent-1: idle, 0 tasks assigned)");
    }

    @Test
    void notWhatWasAssignedInAnEarlierLife() {
        given(spawned(), assigned("task-1"), spawned())
                .when(new CompleteAssignedTask(AGENT, "task-1", "ok"))
                .isRefused("OnlyAssignedTaskCanBeCompleted: task-1 is not assigned to it"
                        + " (agent agent-1: idle, 0 tasks assigned)");
    }

    @Test
    void whatWasAssignedBeforeTheStopMayBeCompletedAfterIt() {
        given(spawned(), assigned("task-1"), stopped())
                .when(new CompleteAssignedTask(AGENT, "task-1", "ok"))
                .appends(new AgentTaskCompleted(AGENT, "task-1", "ok", NOW, NOW - BEFORE));
    }

    @Test
    void notBeforeItIsSpawned() {
        given(assigned("task-1"))
                .when(new CompleteAssignedTask(AGENT, "task-1", "ok"))
                .isRefused("OnlySpawnedAgentCanAct: it was never spawned (agent agent-1: not spawned)");
    }
}
