package io.swarmledger.query.task;

import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.events.task.TaskEvent;
import io.swarmledger.query.Page;
import io.swarmledger.query.Rates;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.view.Projection;
import io.swarmledger.query.view.ProjectionNames;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.Sorting;
import io.swarmledger.query.view.Subscribable;
import io.swarmledger.query.view.SwarmCounts;
import io.swarmledger.query.view.Updates;
import io.swarmledger.query.view.ViewReader;
import io.swarmledger.query.view.ViewTable;
import io.swarmledger.query.view.Where;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Answers every question about tasks, and keeps the view that it answers from. */
public final class TaskQueries implements Subscribable<TaskState> {

    /** The less urgent, the less. */
    private static final String URGENCY =
            "CASE priority WHEN 'critical' THEN 3 WHEN 'high' THEN 2 WHEN 'medium' THEN 1 WHEN 'low' THEN 0 END";

    private static final ViewTable<TaskState> TABLE = ViewTable.of(ProjectionNames.TASK_HISTORY, TaskState.class)
            .column("swarmId", TaskState::swarmId)
            .column("status", TaskState::status)
            .column("assignedAgent", TaskState::assignedAgent)
            .column("type", TaskState::type)
            .column("priority", TaskState::priority)
            .column("duration", TaskState::duration);

    /** What is known of tasks, and how it comes from their events. */
    public static final ReadModel<TaskState> MODEL = ReadModel.of(
                    "task", TaskEvent.class, new TaskFold(), TABLE, TaskState::swarmId)
            .withBirth("task:created")
            .withStatus(TaskState::status)
            .withStatuses(TaskState.STATUSES)
            .withBeside(Map.of(
                    AgentToolCalled.class, (event, recorded) -> ((AgentToolCalled) event).taskId(),
                    AgentModelCalled.class, (event, recorded) -> ((AgentModelCalled) event).taskId()))
            .withAlone(task -> task.withCalls(null));

    /**
     * Whether a row of the view is a task in progress that nobody is known to work on, in SQL; it names
     * {@code :silentBefore}. An agent is believed to be at what it was given while it is heard of; one of which nobody has
     * ever heard is believed for as long.
     */
    public static final String STUCK = "(task_history.status = 'in-progress' AND NOT EXISTS (SELECT 1 FROM agent_state"
            + " WHERE agent_state.generation = (SELECT live FROM Projection WHERE name = '"
            + ProjectionNames.AGENT_STATE
            + "') AND agent_state.id = task_history.assignedAgent AND " + AgentHealth.SQL
            + " = 'ok' AND coalesce(agent_state.currentTask, task_history.id) = task_history.id"
            + " AND coalesce(agent_state.lastHeardAt, " + Recorded.NEVER + ") >= :silentBefore)"
            + " AND (coalesce(json_extract(task_history.state, '$.startedAt'), " + Recorded.NEVER
            + ") < :silentBefore OR EXISTS (SELECT 1 FROM agent_state"
            + " WHERE agent_state.generation = (SELECT live FROM Projection WHERE name = '"
            + ProjectionNames.AGENT_STATE + "') AND agent_state.id = task_history.assignedAgent)))";

    /** As {@link FindTasks#matches} has it. */
    private static final String NOT_ENDED_BY = "(task_history.status NOT IN ('completed', 'failed', 'cancelled')"
            + " OR coalesce(" + time("completedAt") + ", " + time("failedAt") + ", " + time("cancelledAt")
            + ") IS NULL OR " + time("completedAt") + " > :after OR " + time("failedAt") + " > :after OR "
            + time("cancelledAt") + " > :after)";

    private static final Sorting<TaskState> SORTING = Sorting.byId(TaskState::id)
            .field("title", TaskState::title)
            .column("status", TaskState::status)
            .by("priority", URGENCY, task -> urgency(task.priority()))
            .by("agent", "assignedAgent", TaskState::assignedAgent)
            .column("type", TaskState::type)
            .field("createdAt", TaskState::createdAt)
            .column("duration", TaskState::duration)
            .field("retryCount", TaskState::retryCount);

    private final ViewReader<TaskState> tasks;
    private final AgentHealth health;

    public TaskQueries(Reading views, AgentHealth health) {
        this.tasks = new ViewReader<>(views, TABLE);
        this.health = health;
    }

    @Override
    public ReadModel<TaskState> model() {
        return MODEL;
    }

    @Override
    public Projection.Changes updates(QueryUpdateEmitter emitter) {
        return new Updates<>(emitter, tasks::byId)
                .to(GetTask.class, (query, task) -> query.taskId().equals(task.id()))
                .to(FindTasks.class, FindTasks::matches);
    }

    @QueryHandler
    Page<TaskState> handle(FindTasks query) {
        tasks.requireKnown("status", query.status(), TaskState.STATUSES);
        tasks.requireKnown("priority", query.priority(), TaskState.PRIORITIES);
        Where where = tasks.live()
                .is("status", query.status())
                .is("assignedAgent", query.agent())
                .is("type", query.type())
                .is("priority", query.priority())
                .is("swarmId", query.swarmId())
                .given(NOT_ENDED_BY, "after", query.after())
                .given("coalesce(" + time("createdAt") + " < :before, true)", "before", query.before());
        if (query.stuck() != null) {
            where.always((query.stuck() ? "" : "NOT ") + STUCK).bound("silentBefore", health.silentBefore());
        }
        return tasks.page(where, SORTING.order(query.sort()), query.limit(), query.cursor());
    }

    private static String time(String field) {
        return "json_extract(task_history.state, '$." + field + "')";
    }

    private static Integer urgency(String priority) {
        int at = TaskState.PRIORITIES.indexOf(priority);
        return at < 0 ? null : TaskState.PRIORITIES.size() - 1 - at;
    }

    @QueryHandler
    SwarmCounts handle(CountTasks query) {
        return tasks.byStatus(query.swarmIds());
    }

    @QueryHandler
    Optional<TaskState> handle(GetTask query) {
        return tasks.byId(query.taskId());
    }

    @QueryHandler
    TaskStatistics handle(GetTaskStatistics query) {
        Map<String, Long> byStatus = new LinkedHashMap<>();
        TaskState.STATUSES.forEach(status -> byStatus.put(status, 0L));
        var durations = new Object() {
            double sum;
            long count;
        };
        Where where = tasks.live().is("swarmId", query.swarmId());
        long position = tasks.read(jdbc -> {
            jdbc.sql("SELECT status, count(*), sum(duration), count(duration) FROM task_history" + where.sql()
                            + " GROUP BY status")
                    .params(where.values())
                    .query(row -> {
                        byStatus.put(row.getString(1), row.getLong(2));
                        if (row.getString(1).equals("completed")) {
                            durations.sum = row.getDouble(3);
                            durations.count = row.getLong(4);
                        }
                    });
            return tasks.position(jdbc);
        });
        long completed = byStatus.get("completed");
        long failed = byStatus.get("failed");
        return new TaskStatistics(
                byStatus.values().stream().mapToLong(Long::longValue).sum(),
                byStatus,
                Rates.average(durations.sum, durations.count),
                Rates.of(completed, failed),
                Rates.of(failed, completed),
                position);
    }
}
