package io.swarmledger.query.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.events.agent.AgentStatusChanged;
import io.swarmledger.events.agent.AgentStopped;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.events.memory.MemoryStored;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.query.Told;
import io.swarmledger.query.usage.CallSums;
import io.swarmledger.query.view.Growing;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentFoldTest {

    private static final AgentSpawned SPAWNED = new AgentSpawned("agent-1", "coder", "core", List.of("java"));
    private static final AgentStarted STARTED = new AgentStarted("agent-1", 10.0);
    private static final AgentStopped STOPPED = new AgentStopped("agent-1", "done", 20.0);
    private static final AgentFailed FAILED = new AgentFailed("agent-1", "boom", null, 30.0);

    private static AgentState told(LedgerEvent... events) {
        return Told.to(new AgentFold(), events);
    }

    private static AgentTaskAssigned assigned(String task) {
        return new AgentTaskAssigned("agent-1", task, 40.0);
    }

    private static AgentTaskCompleted completed(String task, Double duration) {
        return new AgentTaskCompleted("agent-1", task, "fine", 50.0, duration);
    }

    private static AgentStatusChanged changed(String status) {
        return new AgentStatusChanged("agent-1", "idle", status);
    }

    @Test
    void spawnedIsIdleAndKnownByTheIdOfItsStream() {
        assertThat(told(SPAWNED))
                .isEqualTo(new AgentState(
                        Told.ID,
                        "coder",
                        "core",
                        List.of("java"),
                        "idle",
                        null,
                        List.of(),
                        Growing.empty(),
                        Growing.empty(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        1_000.0,
                        null,
                        null,
                        1_000.0,
                        1_000.0,
                        null,
                        null,
                        null,
                        null,
                        CallSums.NONE,
                        "alpha"));
    }

    @Test
    void startedIsActiveFromTheTimeThatItTells() {
        AgentState agent = told(SPAWNED, STARTED);
        assertThat(agent.status()).isEqualTo("active");
        assertThat(agent.startedAt()).isEqualTo(10.0);
        assertThat(agent.lastActivityAt()).isEqualTo(2_000.0);
    }

    @Test
    void assignedIsActiveAndWorksOnTheTask() {
        AgentState agent = told(SPAWNED, assigned("task-1"), assigned("task-2"));
        assertThat(agent.status()).isEqualTo("active");
        assertThat(agent.currentTask()).isEqualTo("task-2");
    }

    @Test
    void completedIsIdleAndCounts() {
        AgentState agent =
                told(SPAWNED, assigned("task-1"), completed("task-1", 5.0), completed("task-2", 2.5), assigned("t"));
        assertThat(agent.completedTasks().toList()).containsExactly("task-1", "task-2");
        assertThat(agent.taskCount()).isEqualTo(2);
        assertThat(agent.totalTaskDuration()).isEqualTo(7.5);
        AgentState idle = told(SPAWNED, assigned("task-1"), completed("task-1", 5.0));
        assertThat(idle.status()).isEqualTo("idle");
        assertThat(idle.currentTask()).isNull();
    }

    @Test
    void failedIsInErrorAndItsCurrentTaskFailedWithIt() {
        AgentState agent = told(SPAWNED, FAILED, assigned("task-1"), FAILED, FAILED);
        assertThat(agent.status()).isEqualTo("error");
        assertThat(agent.errorCount()).isEqualTo(3);
        assertThat(agent.currentTask()).isEqualTo("task-1");
        assertThat(agent.failedTasks().toList()).containsExactly("task-1", "task-1");
    }

    @Test
    void stoppedIsCompleted() {
        AgentState agent = told(SPAWNED, STARTED, STOPPED);
        assertThat(agent.status()).isEqualTo("completed");
        assertThat(agent.stoppedAt()).isEqualTo(20.0);
    }

    @Test
    void statusChangedIsThatStatus() {
        assertThat(told(SPAWNED, changed("blocked")).status()).isEqualTo("blocked");
        assertThat(told(SPAWNED, changed("resting")).status()).isEqualTo("resting");
    }

    @Test
    void afterAStopStatusAndCurrentTaskStayAndTheRestGoesOn() {
        AgentState agent = told(
                SPAWNED,
                assigned("task-1"),
                STOPPED,
                assigned("task-2"),
                FAILED,
                completed("task-3", 4.0),
                changed("idle"));
        assertThat(agent.status()).isEqualTo("completed");
        assertThat(agent.currentTask()).isEqualTo("task-1");
        assertThat(agent.stoppedAt()).isEqualTo(20.0);
        assertThat(agent.errorCount()).isEqualTo(1);
        assertThat(agent.failedTasks().toList()).containsExactly("task-1");
        assertThat(agent.completedTasks().toList()).containsExactly("task-3");
        assertThat(agent.taskCount()).isEqualTo(1);
        assertThat(agent.totalTaskDuration()).isEqualTo(4.0);
        assertThat(agent.lastActivityAt()).isEqualTo(7_000.0);
    }

    @Test
    void stoppedAgainLastStopWins() {
        assertThat(told(SPAWNED, STOPPED, new AgentStopped("agent-1", "again", 21.0))
                        .stoppedAt())
                .isEqualTo(21.0);
    }

    @Test
    void startedAfterAStopItIsNotStoppedAnyMore() {
        AgentState agent = told(SPAWNED, assigned("task-1"), STOPPED, STARTED);
        assertThat(agent.status()).isEqualTo("active");
        assertThat(agent.stoppedAt()).isNull();
        assertThat(agent.currentTask()).isEqualTo("task-1");
        assertThat(told(SPAWNED, STOPPED, STARTED, assigned("task-2")).currentTask())
                .isEqualTo("task-2");
    }

    @Test
    void spawnedAgainItStartsAnew() {
        AgentState agent = told(SPAWNED, STARTED, assigned("t"), completed("t", 1.0), FAILED, STOPPED, SPAWNED);
        assertThat(agent).isEqualTo(told(SPAWNED).with(anew -> anew.spawnedAt(7_000.0)
                .lastActivityAt(7_000.0)
                .lastHeardAt(7_000.0)));
    }

    @Test
    void failuresInARowEndWithACompletion() {
        assertThat(told(SPAWNED, assigned("a"), FAILED, FAILED).failuresInARow())
                .isEqualTo(2);
        assertThat(told(SPAWNED, assigned("a"), FAILED, completed("a", null)).failuresInARow())
                .isZero();
        assertThat(told(SPAWNED, FAILED).failuresInARow()).as("at no task").isZero();
    }

    static Stream<LedgerEvent> whatIsNoSpawning() {
        return Stream.of(STARTED, STOPPED, FAILED, assigned("t"), completed("t", 1.0), changed("idle"));
    }

    @ParameterizedTest
    @MethodSource("whatIsNoSpawning")
    void beforeItIsSpawnedEverythingIsPassedOver(LedgerEvent event) {
        assertThat(told(event)).isNull();
    }

    @Test
    void eventsOfOtherFeaturesAndOpaqueOnesArePassedOver() {
        AgentState agent = told(SPAWNED);
        AgentFold fold = new AgentFold();
        for (LedgerEvent event : List.of(
                new TaskCreated("agent-1", "code", "t", "d", "high", List.of(), 1.0),
                new MemoryStored("agent-1", "n", "k", "m", 1L, 1.0),
                OpaqueEvent.unknown("agent:promoted", "1", "{}"))) {
            assertThat(fold.evolve(agent, event, Told.at(9_000))).isSameAs(agent);
            assertThat(fold.evolve(null, event, Told.at(9_000))).isNull();
        }
    }

    @Test
    void whatAnEventDoesNotTellIsNullOrTheEventsOwnTime() {
        AgentState agent = told(
                new AgentSpawned(null, null, null, null),
                new AgentStarted(null, null),
                new AgentStatusChanged(null, null, null),
                new AgentTaskAssigned(null, null, null),
                new AgentTaskCompleted(null, null, null, null, null),
                new AgentFailed(null, null, null, null),
                new AgentStopped(null, null, null));
        assertThat(agent.id()).isEqualTo(Told.ID);
        assertThat(agent.role()).isNull();
        assertThat(agent.capabilities()).isEmpty();
        assertThat(agent.status()).isEqualTo("completed");
        assertThat(agent.currentTask()).isNull();
        assertThat(agent.completedTasks().toList()).isEmpty();
        assertThat(agent.failedTasks().toList()).isEmpty();
        assertThat(agent.taskCount()).isEqualTo(1);
        assertThat(agent.totalTaskDuration()).isZero();
        assertThat(agent.errorCount()).isEqualTo(1);
        assertThat(agent.startedAt()).isEqualTo(2_000.0);
        assertThat(agent.stoppedAt()).isEqualTo(7_000.0);
    }

    @Test
    void aStatusThatIsNotToldStays() {
        assertThat(told(SPAWNED, STARTED, changed(null)).status()).isEqualTo("active");
    }

    @Test
    void theStateBeforeStaysAsItWas() {
        AgentState before = told(SPAWNED, assigned("task-1"));
        String asItWas = before.toString();
        AgentFold fold = new AgentFold();
        AgentState one = fold.evolve(before, completed("task-1", 1.0), Told.at(5_000));
        AgentState other = fold.evolve(before, completed("task-1", 1.0), Told.at(5_000));
        assertThat(one).isEqualTo(other);
        assertThat(before).hasToString(asItWas);
    }

    @Test
    void aCompletionThatIsToldTwiceCountsOnce() {
        AgentState agent = told(SPAWNED, assigned("t1"), completed("t1", 5.0), FAILED, completed("t1", 5.0));
        assertThat(agent.taskCount()).isEqualTo(1);
        assertThat(agent.totalTaskDuration()).isEqualTo(5);
        assertThat(agent.timedTasks()).isEqualTo(1);
        assertThat(agent.completedTasks().toList()).containsExactly("t1");

        assertThat(told(SPAWNED, completed("t1", 5.0), completed("t2", 5.0), completed("t1", 5.0))
                        .completedTasks()
                        .toList())
                .as("never assigned")
                .containsExactly("t1", "t2");
    }

    @Test
    void anAssignmentOrANewLifeBetweenMakesItAnotherCompletion() {
        assertThat(told(SPAWNED, completed("t1", 1.0), assigned("t1"), completed("t1", 1.0))
                        .taskCount())
                .isEqualTo(2);
        assertThat(told(SPAWNED, completed("t1", 1.0), assigned("t1"), assigned("t2"), completed("t1", 1.0))
                        .taskCount())
                .as("another assigned since")
                .isEqualTo(2);
        assertThat(told(SPAWNED, completed("t1", 1.0), assigned("t1"), FAILED, completed("t1", 1.0))
                        .taskCount())
                .as("failed since")
                .isEqualTo(2);
        assertThat(told(SPAWNED, completed("t1", 1.0), SPAWNED, completed("t1", 1.0))
                        .taskCount())
                .isEqualTo(1);
        assertThat(told(SPAWNED, completed(null, 1.0), completed(null, 1.0)).taskCount())
                .as("nobody can tell")
                .isEqualTo(2);
    }

    @Test
    void whatItIsAssignedIsOpenUntilItIsCompletedOrFails() {
        assertThat(told(SPAWNED, assigned("t1"), assigned("t2"), completed("t1", 1.0))
                        .openTasks())
                .containsExactly("t2");
        assertThat(told(SPAWNED, assigned("t1"), assigned("t2"), FAILED).openTasks())
                .containsExactly("t1");
    }

    @Test
    void durationsThatCannotBeAreNotCounted() {
        AgentState agent = told(
                SPAWNED,
                completed("t1", 1.7e308),
                completed("t2", -5.0),
                completed("t3", 8.64e15 + 2),
                completed("t4", -0.5),
                completed("t5", 7.0),
                completed("t6", 0.0));
        assertThat(agent.totalTaskDuration()).isEqualTo(7);
        assertThat(agent.timedTasks()).isEqualTo(2);
        assertThat(agent.taskCount()).isEqualTo(6);
    }
}
