package io.swarmledger.commands.task;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.task.TaskSamples.TASK;
import static io.swarmledger.commands.task.TaskSamples.blocked;
import static io.swarmledger.commands.task.TaskSamples.completed;
import static io.swarmledger.commands.task.TaskSamples.created;
import static io.swarmledger.commands.task.TaskSamples.failed;
import static io.swarmledger.commands.task.TaskSamples.queued;
import static io.swarmledger.commands.task.TaskSamples.started;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.task.TaskEvent;
import io.swarmledger.events.task.TaskFailed;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailTaskTest {

    static Stream<TaskEvent> anythingNotCompleted() {
        return Stream.of(created(), queued(), started(), blocked());
    }

    @ParameterizedTest
    @MethodSource("anythingNotCompleted")
    void itFailsFromAnythingNotCompleted(TaskEvent last) {
        given(created(), last).when(new FailTask(TASK, "lost")).appends(new TaskFailed(TASK, "lost", null, NOW, 0L));
    }

    @Test
    void theRetryCountIsHowOftenItFailedBefore() {
        given(created(), failed())
                .when(new FailTask(TASK, "lost"))
                .appends(new TaskFailed(TASK, "lost", null, NOW, 1L));
        given(created(), started(), failed(), started(), failed(), started())
                .when(new FailTask(TASK, "lost"))
                .appends(new TaskFailed(TASK, "lost", null, NOW, 2L));
    }

    @Test
    void theCountGoesOnFromWhatHistorySays() {
        given(created(), new TaskFailed(TASK, "lost", null, 1d, 6L))
                .when(new FailTask(TASK, "lost"))
                .appends(new TaskFailed(TASK, "lost", null, NOW, 7L));
    }

    @Test
    void aTaskCreatedAnewHasNotFailed() {
        given(created(), failed(), created())
                .when(new FailTask(TASK, "lost"))
                .appends(new TaskFailed(TASK, "lost", null, NOW, 0L));
    }

    @Test
    void theCallerMaySayAllOfIt() {
        given(created())
                .when(new FailTask(TASK, "lost", "at main:1", 12.5, 4L))
                .appends(new TaskFailed(TASK, "lost", "at main:1", 12.5, 4L));
    }

    @Test
    void notAfterItsCompletion() {
        given(created(), started(), completed())
                .when(new FailTask(TASK, "lost"))
                .isRefused("CompletedTaskIsFinal: it is completed (task task-1: completed)");
    }

    @Test
    void notBeforeItsCreation() {
        given(failed())
                .when(new FailTask(TASK, "lost"))
                .isRefused("OnlyCreatedTaskCanChange: it was never created (task task-1: not created)");
    }
}
