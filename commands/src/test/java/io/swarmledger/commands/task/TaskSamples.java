package io.swarmledger.commands.task;

import static io.swarmledger.testing.Samples.BEFORE;

import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskFailed;
import io.swarmledger.events.task.TaskQueued;
import io.swarmledger.events.task.TaskStarted;
import java.util.List;

/** What may have happened to one task. */
final class TaskSamples {

    static final String TASK = "task-1";

    private TaskSamples() {}

    static TaskCreated created() {
        return new TaskCreated(TASK, "feature", "Parse the log", "row by row", "high", List.of("task-0"), BEFORE);
    }

    static TaskQueued queued() {
        return new TaskQueued(TASK, "high", BEFORE);
    }

    static TaskStarted started() {
        return new TaskStarted(TASK, "agent-1", BEFORE);
    }

    static TaskCompleted completed() {
        return new TaskCompleted(TASK, "ok", BEFORE, 0d);
    }

    static TaskFailed failed() {
        return new TaskFailed(TASK, "does not compile", null, BEFORE, null);
    }

    static TaskBlocked blocked() {
        return new TaskBlocked(TASK, List.of("task-0"), BEFORE);
    }
}
