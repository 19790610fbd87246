package io.swarmledger.query.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskFailed;
import io.swarmledger.events.task.TaskQueued;
import io.swarmledger.events.task.TaskStarted;
import io.swarmledger.query.Told;
import io.swarmledger.query.usage.CallSums;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskFoldTest {

    private static final TaskCreated CREATED =
            new TaskCreated("task-1", "implementation", "Build", "all of it", "high", List.of("task-0"), 5.0);
    private static final TaskQueued QUEUED = new TaskQueued("task-1", "low", 10.0);
    private static final TaskStarted STARTED = new TaskStarted("task-1", "agent-1", 20.0);
    private static final TaskBlocked BLOCKED = new TaskBlocked("task-1", List.of("task-8", "task-9"), 25.0);
    private static final TaskFailed FAILED = new TaskFailed("task-1", "boom", "at x", 30.0, 2L);

    private static TaskState told(LedgerEvent... events) {
        return Told.to(new TaskFold(), events);
    }

    private static TaskCompleted completed(Object result, Double completedAt, Double duration) {
        return new TaskCompleted("task-1", result, completedAt, duration);
    }

    @Test
    void createdIsPending() {
        assertThat(told(CREATED))
                .isEqualTo(new TaskState(
                        Told.ID,
                        "implementation",
                        "Build",
                        "all of it",
                        "pending",
                        "high",
                        null,
                        List.of("task-0"),
                        List.of(),
                        5.0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        0,
                        null,
                        null,
                        CallSums.NONE,
                        "alpha"));
    }

    @Test
    void queuedChangesNothingButTheStatus() {
        assertThat(told(CREATED, QUEUED)).isEqualTo(told(CREATED).with(task -> task.status("queued")));
    }

    @Test
    void startedIsInProgressWithAnAgent() {
        assertThat(told(CREATED, STARTED)).isEqualTo(told(CREATED).with(task -> task.status("in-progress")
                .assignedAgent("agent-1")
                .startedAt(20.0)));
    }

    @Test
    void completedHasTheResultAndTheDurationThatIsTold() {
        Map<String, Object> result = Map.of("files", List.of("a", "b"));
        assertThat(told(CREATED, STARTED, completed(result, 50.0, 7.0)))
                .isEqualTo(told(CREATED, STARTED).with(task -> task.status("completed")
                        .completedAt(50.0)
                        .duration(7.0)
                        .result(result)));
    }

    @Test
    void aDurationThatIsNotToldIsFromTheStart() {
        assertThat(told(CREATED, STARTED, completed(null, 50.0, null)).duration())
                .isEqualTo(30.0);
        assertThat(told(CREATED, STARTED, completed(null, null, null)).duration())
                .as("by the event's own time")
                .isEqualTo(2_980.0);
        assertThat(told(CREATED, completed(null, 50.0, null)).duration())
                .as("never started")
                .isNull();
    }

    @Test
    void failedHasErrorAndRetries() {
        assertThat(told(CREATED, STARTED, FAILED))
                .isEqualTo(told(CREATED, STARTED).with(task -> task.status("failed")
                        .failedAt(30.0)
                        .error("boom")
                        .retryCount(2)));
    }

    @Test
    void retriesThatAreNotToldStay() {
        assertThat(told(CREATED, FAILED, new TaskFailed("task-1", "again", null, 31.0, null))
                        .retryCount())
                .isEqualTo(2);
    }

    @Test
    void blockedTellsWhatBlocksItNow() {
        assertThat(told(CREATED, BLOCKED).blockedBy()).containsExactly("task-8", "task-9");
        assertThat(told(CREATED, BLOCKED, new TaskBlocked("task-1", List.of("task-7"), 26.0))
                        .blockedBy())
                .containsExactly("task-7");
        assertThat(told(CREATED, BLOCKED).status()).isEqualTo("blocked");
    }

    static Stream<LedgerEvent> whatUnblocks() {
        return Stream.of(QUEUED, STARTED, FAILED, completed("fine", 50.0, 1.0), CREATED);
    }

    @ParameterizedTest
    @MethodSource("whatUnblocks")
    void nothingBlocksWhatIsNotBlocked(LedgerEvent event) {
        assertThat(told(CREATED, BLOCKED, event).blockedBy()).isEmpty();
    }

    @Test
    void theLastEventWinsWhateverTheRulesSay() {
        TaskState task = told(CREATED, completed("fine", 50.0, 1.0), STARTED, FAILED, QUEUED);
        assertThat(task.status()).isEqualTo("queued");
        assertThat(task.result()).isEqualTo("fine");
        assertThat(task.error()).isEqualTo("boom");
        assertThat(task.completedAt()).isEqualTo(50.0);
        assertThat(task.startedAt()).isEqualTo(20.0);
    }

    @Test
    void createdAgainItStartsAnew() {
        assertThat(told(CREATED, STARTED, BLOCKED, FAILED, completed("fine", 50.0, 1.0), CREATED))
                .isEqualTo(told(CREATED));
    }

    static Stream<LedgerEvent> whatIsNoCreation() {
        return Stream.of(QUEUED, STARTED, BLOCKED, FAILED, completed("fine", 50.0, 1.0));
    }

    @ParameterizedTest
    @MethodSource("whatIsNoCreation")
    void beforeItIsCreatedEverythingIsPassedOver(LedgerEvent event) {
        assertThat(told(event)).isNull();
    }

    @Test
    void eventsOfOtherFeaturesAndOpaqueOnesArePassedOver() {
        TaskState task = told(CREATED);
        TaskFold fold = new TaskFold();
        for (LedgerEvent event : List.of(
                new AgentSpawned("task-1", "r", "d", List.of()), OpaqueEvent.unknown("task:reviewed", "1", "{}"))) {
            assertThat(fold.evolve(task, event, Told.at(9_000))).isSameAs(task);
            assertThat(fold.evolve(null, event, Told.at(9_000))).isNull();
        }
    }

    @Test
    void aDurationThatCannotBeCountsAsNotTold() {
        TaskCreated created = new TaskCreated(Told.ID, null, null, null, null, null, null);
        TaskStarted started = new TaskStarted(Told.ID, null, 2_000.0);
        for (double duration : new double[] {-5, -0.5, 1.7e308, 8.64e15 + 2}) {
            TaskCompleted completed = new TaskCompleted(Told.ID, null, 5_000.0, duration);
            assertThat(told(created, started, completed).duration()).isEqualTo(3_000);
            assertThat(told(created, completed).duration()).isNull();
        }
        assertThat(told(created, started, new TaskCompleted(Told.ID, null, 5_000.0, 8.64e15))
                        .duration())
                .isEqualTo(8.64e15);
    }

    @Test
    void whatAnEventDoesNotTellIsNullOrTheEventsOwnTime() {
        TaskState task = told(
                new TaskCreated(null, null, null, null, null, null, null),
                new TaskQueued(null, null, null),
                new TaskStarted(null, null, null),
                new TaskFailed(null, null, null, null, null),
                new TaskBlocked(null, null, null),
                new TaskCompleted(null, null, null, null));
        assertThat(task)
                .isEqualTo(new TaskState(
                        Told.ID,
                        null,
                        null,
                        null,
                        "completed",
                        null,
                        null,
                        List.of(),
                        List.of(),
                        1_000.0,
                        3_000.0,
                        6_000.0,
                        4_000.0,
                        3_000.0,
                        null,
                        null,
                        0,
                        null,
                        null,
                        CallSums.NONE,
                        "alpha"));
    }
}
