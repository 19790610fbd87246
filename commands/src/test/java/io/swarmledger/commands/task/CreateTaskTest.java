package io.swarmledger.commands.task;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.task.TaskSamples.TASK;
import static io.swarmledger.commands.task.TaskSamples.completed;
import static io.swarmledger.commands.task.TaskSamples.created;
import static io.swarmledger.commands.task.TaskSamples.started;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.task.TaskCreated;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreateTaskTest {

    @Test
    void aTaskComesIntoBeing() {
        given().when(new CreateTask(TASK, "feature", "Parse", "row by row", "low", List.of("task-0"), 12.5))
                .appends(new TaskCreated(TASK, "feature", "Parse", "row by row", "low", List.of("task-0"), 12.5));
    }

    @Test
    void whatIsLeftOutIsFilledIn() {
        given().when(new CreateTask(TASK, "feature", "Parse"))
                .appends(new TaskCreated(TASK, "feature", "Parse", null, "medium", List.of(), NOW));
    }

    @Test
    void itIsCreatedAfterHistoryThatForgotToSaySo() {
        given(started())
                .when(new CreateTask(TASK, "feature", "Parse"))
                .appends(new TaskCreated(TASK, "feature", "Parse", null, "medium", List.of(), NOW));
    }

    @Test
    void itIsCreatedOnce() {
        given(created())
                .when(new CreateTask(TASK, "feature", "Parse"))
                .isRefused("TaskIsCreatedOnce: it is created already (task task-1: pending)");
        given(created(), completed())
                .when(new CreateTask(TASK, "feature", "Parse"))
                .isRefused("TaskIsCreatedOnce: it is created already (task task-1: completed)");
    }

    @Test
    void itNeverDependsOnItself() {
        given().when(new CreateTask(TASK, "feature", "Parse", null, null, List.of("task-0", TASK), null))
                .isRefused("TaskCannotDependOnItself: it is among its own dependencies (task task-1: not created)");
    }
}
