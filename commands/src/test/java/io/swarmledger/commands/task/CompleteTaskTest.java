package io.swarmledger.commands.task;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.task.TaskSamples.TASK;
import static io.swarmledger.commands.task.TaskSamples.blocked;
import static io.swarmledger.commands.task.TaskSamples.completed;
import static io.swarmledger.commands.task.TaskSamples.created;
import static io.swarmledger.commands.task.TaskSamples.failed;
import static io.swarmledger.commands.task.TaskSamples.queued;
import static io.swarmledger.commands.task.TaskSamples.started;
import static io.swarmledger.testing.Samples.BEFORE;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskEvent;
import io.swarmledger.events.task.TaskStarted;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompleteTaskTest {

    static Stream<Arguments> notInProgress() {
        return Stream.of(
                Arguments.of("pending", created()),
                Arguments.of("queued", queued()),
                Arguments.of("blocked", blocked()),
                Arguments.of("failed", failed()));
    }

    @Test
    void itTookSinceItsStart() {
        given(created(), started())
                .when(new CompleteTask(TASK, Map.of("passed", true)))
                .appends(new TaskCompleted(TASK, Map.of("passed", true), NOW, NOW - BEFORE));
    }

    @Test
    void theLastStartCounts() {
        given(created(), new TaskStarted(TASK, "agent-1", 0d), failed(), started())
                .when(new CompleteTask(TASK, "ok"))
                .appends(new TaskCompleted(TASK, "ok", NOW, NOW - BEFORE));
    }

    @Test
    void aStartThatDoesNotSayWhenWasWhenItsEventWas() {
        given(created(), new TaskStarted(TASK, "agent-1", null))
                .when(new CompleteTask(TASK, "ok"))
                .appends(new TaskCompleted(TASK, "ok", NOW, NOW - BEFORE));
    }

    @Test
    void theCallerMaySayWhenAndHowLong() {
        given(created(), started())
                .when(new CompleteTask(TASK, "ok", BEFORE + 30, null))
                .appends(new TaskCompleted(TASK, "ok", BEFORE + 30, 30d));
        given(created(), started())
                .when(new CompleteTask(TASK, null, BEFORE + 30, 7.5))
                .appends(new TaskCompleted(TASK, null, BEFORE + 30, 7.5));
    }

    @Test
    void aClockThatWentBackMakesNoNegativeDuration() {
        given(created(), started())
                .when(new CompleteTask(TASK, "ok", BEFORE - 30, null))
                .appends(new TaskCompleted(TASK, "ok", BEFORE - 30, 0d));
    }

    @Test
    void aTimeInHistoryThatIsNoneMakesNoDuration() {
        for (double never : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            given(created(), new TaskStarted(TASK, "agent-1", never))
                    .when(new CompleteTask(TASK, "ok"))
                    .appends(new TaskCompleted(TASK, "ok", NOW, null));
        }
    }

    @ParameterizedTest
    @MethodSource("notInProgress")
    void onlyFromInProgress(String status, TaskEvent last) {
        given(created(), last)
                .when(new CompleteTask(TASK, "ok"))
                .isRefused("OnlyTaskInProgressCanBeCompleted: it is not in progress (task task-1: " + status + ")");
    }

    @Test
    void notTwice() {
        given(created(), started(), completed())
                .when(new CompleteTask(TASK, "ok"))
                .isRefused("CompletedTaskIsFinal: it is completed (task task-1: completed)");
    }

    @Test
    void notBeforeItsCreation() {
        given(started())
                .when(new CompleteTask(TASK, "ok"))
                .isRefused("OnlyCreatedTaskCanChange: it was never created (task task-1: not created)");
    }
}
