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

import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskEvent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockTaskTest {

    static Stream<TaskEvent> anythingNotCompleted() {
        return Stream.of(created(), queued(), started(), failed(), blocked());
    }

    @ParameterizedTest
    @MethodSource("anythingNotCompleted")
    void itIsBlockedFromAnythingNotCompleted(TaskEvent last) {
        given(created(), last)
                .when(new BlockTask(TASK, "task-2", "task-3"))
                .appends(new TaskBlocked(TASK, List.of("task-2", "task-3"), NOW));
    }

    @Test
    void whatBlocksItMayBeUnknown() {
        given(created()).when(new BlockTask(TASK)).appends(new TaskBlocked(TASK, List.of(), NOW));
        given(created()).when(new BlockTask(TASK, null, 12.5)).appends(new TaskBlocked(TASK, List.of(), 12.5));
    }

    @Test
    void notAfterItsCompletion() {
        given(created(), started(), completed())
                .when(new BlockTask(TASK, "task-2"))
                .isRefused("CompletedTaskIsFinal: it is completed (task task-1: completed)");
    }

    @Test
    void notBeforeItsCreation() {
        given(blocked())
                .when(new BlockTask(TASK, "task-2"))
                .isRefused("OnlyCreatedTaskCanChange: it was never created (task task-1: not created)");
    }
}
