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

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskCancelled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CancelTaskTest {

    @ParameterizedTest
    @MethodSource("unfinished")
    void fromAnythingNotCompleted(List<LedgerEvent> history) {
        given(history.toArray(LedgerEvent[]::new))
                .when(new CancelTask(TASK, "no longer wanted"))
                .appends(new TaskCancelled(TASK, "no longer wanted", NOW));
    }

    static Stream<List<LedgerEvent>> unfinished() {
        return Stream.of(
                List.of(created()),
                List.of(created(), queued()),
                List.of(created(), started()),
                List.of(created(), blocked()),
                List.of(created(), started(), failed()));
    }

    @Test
    void notAfterItsCompletion() {
        given(created(), started(), completed())
                .when(new CancelTask(TASK, null))
                .isRefused("CompletedTaskIsFinal: it is completed (task task-1: completed)");
    }

    @Test
    void cancelledIsFinal() {
        given(created(), new TaskCancelled(TASK, null, BEFORE))
                .when(new CancelTask(TASK, null))
                .isRefused("CancelledTaskIsFinal: it is cancelled (task task-1: cancelled)");
        given(created(), new TaskCancelled(TASK, null, BEFORE))
                .when(new StartTask(TASK, "agent-1", null))
                .isRefused("CancelledTaskIsFinal: it is cancelled (task task-1: cancelled)");
    }
}
