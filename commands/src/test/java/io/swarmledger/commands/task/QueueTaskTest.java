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

import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskEvent;
import io.swarmledger.events.task.TaskQueued;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueueTaskTest {

    static Stream<TaskEvent> waiting() {
        return Stream.of(created(), blocked(), failed());
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void itIsQueuedFromPendingBlockedAndFailed(TaskEvent last) {
        given(created(), last).when(new QueueTask(TASK)).appends(new TaskQueued(TASK, "high", NOW));
    }

    @Test
    void theCallerMaySayWhenAndHowUrgentItIs() {
        given(created()).when(new QueueTask(TASK, "low", 12.5)).appends(new TaskQueued(TASK, "low", 12.5));
    }

    /** Queued changes nothing but the status. */
    @Test
    void anotherPriorityInTheQueueIsNotTheTasks() {
        given(created(), new TaskQueued(TASK, "low", 1d), failed())
                .when(new QueueTask(TASK))
                .appends(new TaskQueued(TASK, "high", NOW));
    }

    @Test
    void aPriorityThatWasNeverGivenStaysOut() {
        given(new TaskCreated(TASK, null, null, null, null, null, null))
                .when(new QueueTask(TASK))
                .appends(new TaskQueued(TASK, null, NOW));
    }

    @Test
    void notTwice() {
        given(created(), queued())
                .when(new QueueTask(TASK))
                .isRefused("OnlyPendingBlockedOrFailedTaskCanBeQueued: it is neither pending nor blocked nor failed"
                        + " (task task-1: queued)");
    }

    @Test
    void notWhileInProgress() {
        given(created(), started())
                .when(new QueueTask(TASK))
                .isRefused("OnlyPendingBlockedOrFailedTaskCanBeQueued: it is neither pending nor blocked nor failed"
                        + " (task task-1: in-progress)");
    }

    @Test
    void notAfterItsCompletion() {
        given(created(), completed())
                .when(new QueueTask(TASK))
                .isRefused("CompletedTaskIsFinal: it is completed (task task-1: completed)");
    }

    @Test
    void notBeforeItsCreation() {
        given(queued())
                .when(new QueueTask(TASK))
                .isRefused("OnlyCreatedTaskCanChange: it was never created (task task-1: not created)");
    }
}
