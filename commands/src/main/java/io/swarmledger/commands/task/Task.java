package io.swarmledger.commands.task;

import io.swarmledger.commands.Decides;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.ObserveTask;
import io.swarmledger.commands.Rule;
import io.swarmledger.commands.Violation;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCancelled;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskFailed;
import io.swarmledger.events.task.TaskQueued;
import io.swarmledger.events.task.TaskStarted;
import java.util.Arrays;
import java.util.List;
import org.axonframework.modelling.command.AggregateRoot;

/** A task: created, worked on until an attempt succeeds or it is cancelled, and then final. */
@AggregateRoot(type = Task.TYPE)
public final class Task extends LedgerAggregate {

    public static final String TYPE = "task";

    /** Another shape of the fields, those that all share too, is another revision: older snapshots are then passed over. */
    public static final String SNAPSHOT_REVISION = "2";

    private static final List<Rule<Task>> RULES = List.of(
            new TaskIsCreatedOnce(),
            new TaskCannotDependOnItself(),
            new OnlyCreatedTaskCanChange(),
            new CompletedTaskIsFinal(),
            new CancelledTaskIsFinal(),
            new OnlyPendingBlockedOrFailedTaskCanBeQueued(),
            new OnlyWaitingTaskCanBeStarted(),
            new OnlyTaskInProgressCanBeCompleted());

    /** {@code null} until it is created. */
    private String status;

    private String priority;
    private Double startedAt;
    private long failures;

    private Task() {}

    @Decides
    void handle(CreateTask command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(QueueTask command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(StartTask command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(CompleteTask command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(FailTask command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(BlockTask command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(CancelTask command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ObserveTask fact, Envelope envelope) {
        observe(fact, envelope);
    }

    @Override
    protected String type() {
        return TYPE;
    }

    @Override
    protected List<Violation> judge(LedgerEvent proposed) {
        return Rule.judge(RULES, this, proposed);
    }

    @Override
    protected LedgerEvent complete(LedgerEvent proposed, double now) {
        if (proposed instanceof TaskCreated e) {
            return new TaskCreated(
                    id(),
                    e.taskType(),
                    e.title(),
                    e.description(),
                    or(e.priority(), TaskCommand.DEFAULT_PRIORITY),
                    or(e.dependencies(), List.of()),
                    or(e.createdAt(), now),
                    e.parentTaskId());
        }
        if (proposed instanceof TaskQueued e) {
            return new TaskQueued(id(), or(e.priority(), priority), or(e.queuedAt(), now));
        }
        if (proposed instanceof TaskStarted e) {
            return new TaskStarted(id(), e.agentId(), or(e.startedAt(), now));
        }
        if (proposed instanceof TaskCompleted e) {
            double completedAt = or(e.completedAt(), now);
            return new TaskCompleted(id(), e.result(), completedAt, or(e.duration(), between(startedAt, completedAt)));
        }
        if (proposed instanceof TaskFailed e) {
            return new TaskFailed(id(), e.error(), e.stack(), or(e.failedAt(), now), or(e.retryCount(), failures));
        }
        if (proposed instanceof TaskBlocked e) {
            return new TaskBlocked(id(), or(e.blockedBy(), List.of()), or(e.blockedAt(), now));
        }
        if (proposed instanceof TaskCancelled e) {
            return new TaskCancelled(id(), e.reason(), or(e.cancelledAt(), now));
        }
        return proposed;
    }

    @Override
    protected void evolve(LedgerEvent event, double timestamp) {
        if (event instanceof TaskCreated created) {
            status = "pending";
            priority = created.priority();
            startedAt = null;
            failures = 0;
        } else if (status == null) {
            return;
        } else if (event instanceof TaskQueued queued) {
            status = "queued";
        } else if (event instanceof TaskStarted started) {
            status = "in-progress";
            startedAt = or(started.startedAt(), timestamp);
        } else if (event instanceof TaskCompleted) {
            status = "completed";
        } else if (event instanceof TaskFailed failed) {
            status = "failed";
            failures = or(failed.retryCount(), failures) + 1;
        } else if (event instanceof TaskBlocked) {
            status = "blocked";
        } else if (event instanceof TaskCancelled) {
            status = "cancelled";
        }
    }

    @Override
    protected long characters() {
        return lengthOf(status) + lengthOf(priority);
    }

    @Override
    protected String describe() {
        return status == null ? "not created" : status;
    }

    String taskId() {
        return id();
    }

    boolean isCreated() {
        return status != null;
    }

    boolean is(String... statuses) {
        return Arrays.asList(statuses).contains(status);
    }
}
