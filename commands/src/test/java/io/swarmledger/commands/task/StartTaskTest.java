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
import io.swarmledger.events.task.TaskStarted;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartTaskTest {

    static Stream<TaskEvent> waiting() {
        return Stream.of(created(), queued(), blocked(), failed());
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void itStartsFromPendingQueuedBlockedAndToTryAgainFailed(TaskEvent last) {
        given(created(), last).when(new StartTask(TASK, "agent-2")).appends(new TaskStarted(TASK, "agent-2", NOW));
    }

    @Test
    void theCallerMaySayWhen() {
        given(created()).when(new StartTask(TASK, "agent-2", 12.5)).appends(new TaskStarted(TASK, "agent-2", 12.5));
    }

    @Test
    void notTwice() {
        given(created(), started())
                .when(new StartTask(TASK, "agent-2"))
                .isRefused("OnlyWaitingTaskCanBeStarted: it is neither pending nor queued nor blocked nor failed"
                        + " (task task-1: in-progress)");
    }

    @Test
    void notAfterItsCompletion() {
        given(created(), started(), completed())
                .when(new StartTask(TASK, "agent-2"))
                .isRefused("CompletedTaskIsFinal: it is completed (task task-1: completed)");
    }

    @Test
    void notBeforeItsCreation() {
        given(queued())
                .when(new StartTask(TASK, "agent-2"))
                .isRefused("OnlyCreatedTaskCanChange: it was never created (task task-1: not created)");
    }
}
