package io.swarmledger.query.task;

import io.swarmledger.events.Durations;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCancelled;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskEvent;
import io.swarmledger.events.task.TaskFailed;
import io.swarmledger.events.task.TaskQueued;
import io.swarmledger.events.task.TaskStarted;
import io.swarmledger.query.Finite;
import io.swarmledger.query.Fold;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.usage.CallSums;
import java.util.List;

/** From a task and what happened to it, or was called for it, to the task afterwards. A duration that cannot be counts as not told. */
public final class TaskFold implements Fold<TaskState> {

    @Override
    public TaskState evolve(TaskState task, LedgerEvent event, Recorded recorded) {
        if (event instanceof TaskCreated created) {
            return created(created, recorded);
        }
        if (task == null) {
            return null;
        }
        if (!(event instanceof TaskEvent)) {
            CallSums calls = task.calls().and(event);
            return calls == task.calls() ? task : task.withCalls(calls);
        }
        TaskStateBuilder next = TaskStateBuilder.builder(task).blockedBy(List.of());
        if (event instanceof TaskQueued) {
            next.status("queued");
        } else if (event instanceof TaskStarted started) {
            next.status("in-progress").assignedAgent(started.agentId()).startedAt(recorded.timeOr(started.startedAt()));
        } else if (event instanceof TaskCompleted completed) {
            complete(next, task, completed, recorded);
        } else if (event instanceof TaskFailed failed) {
            next.status("failed")
                    .failedAt(recorded.timeOr(failed.failedAt()))
                    .error(failed.error())
                    .retryCount(failed.retryCount() != null ? failed.retryCount() : task.retryCount());
        } else if (event instanceof TaskBlocked blocked) {
            next.status("blocked").blockedBy(orNone(blocked.blockedBy()));
        } else if (event instanceof TaskCancelled cancelled) {
            next.status("cancelled").cancelledAt(recorded.timeOr(cancelled.cancelledAt()));
        }
        return next.build();
    }

    private static TaskState created(TaskCreated created, Recorded recorded) {
        return TaskStateBuilder.builder()
                .id(recorded.aggregateId())
                .type(created.taskType())
                .title(created.title())
                .description(created.description())
                .status("pending")
                .priority(created.priority())
                .dependencies(orNone(created.dependencies()))
                .blockedBy(List.of())
                .createdAt(recorded.timeOr(created.createdAt()))
                .parentTaskId(created.parentTaskId())
                .calls(CallSums.NONE)
                .swarmId(recorded.swarmId())
                .build();
    }

    private static void complete(TaskStateBuilder next, TaskState task, TaskCompleted completed, Recorded recorded) {
        double completedAt = recorded.timeOr(completed.completedAt());
        next.status("completed").completedAt(completedAt).result(completed.result());
        Double duration = Durations.orNone(completed.duration());
        if (duration == null && task.startedAt() != null) {
            duration = Finite.clamp(completedAt - task.startedAt());
        }
        next.duration(duration);
    }

    private static List<String> orNone(List<String> ids) {
        return ids != null ? ids : List.of();
    }
}
