package io.swarmledger.query.incident;

import io.swarmledger.events.Json;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.view.ProjectionNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** How agents, tasks and swarms stand, as the views have it, all of one moment. */
final class Standing {

    /** So many of each kind that may stand still are looked at. */
    static final int CONSIDERED = 10_000;

    private static final TypeReference<List<String>> IDS = new TypeReference<>() {};
    private static final String TERMINATED = "terminated";
    private static final List<String> PROJECTIONS =
            List.of(ProjectionNames.AGENT_STATE, ProjectionNames.TASK_HISTORY, ProjectionNames.SWARM_OVERVIEW);

    private static final String AGENT = "agent_state.id, agent_state.swarmId, agent_state.status, " + AgentHealth.SQL
            + ", agent_state.currentTask, agent_state.lastHeardAt, CASE WHEN agent_state.lastHeardAt >= :lately THEN"
            + " coalesce(json_extract(agent_state.state, '$.calls.toolCalls'), 0) ELSE 0 END";

    private final JdbcClient jdbc;
    private final String swarmId;
    private final double silentBefore;
    private final double lately;

    private final Map<String, Swarm> swarms = new HashMap<>();
    private final Map<String, Agent> agents = new HashMap<>();
    private final Map<String, String> tasks = new HashMap<>();
    private final List<Agent> unstopped = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private long position;
    private boolean isWhole = true;

    private Standing(JdbcClient jdbc, String swarmId, double silentBefore, double lately) {
        this.jdbc = jdbc;
        this.swarmId = swarmId;
        this.silentBefore = silentBefore;
        this.lately = lately;
    }

    /**
     * A swarm, or what agents say is one.
     *
     * @param status {@code null} if it was never initialized
     * @param heardAt when an agent of it was last heard of, epoch milliseconds; {@link Recorded#NEVER} for never
     */
    record Swarm(String status, double heardAt) {}

    /**
     * An agent.
     *
     * @param health failing, silent, stopped or ok
     * @param currentTask {@code null} if it works on none
     * @param heardAt when anything was last heard of it, epoch milliseconds; {@code null} for never
     * @param toolCalls how many tools it called; 0 if nothing was heard of it lately
     */
    record Agent(
            String id,
            String swarmId,
            String status,
            String health,
            String currentTask,
            Double heardAt,
            long toolCalls) {

        boolean isSilent() {
            return health.equals("silent");
        }
    }

    /**
     * A task in progress that nobody is known to work on.
     *
     * @param agent that it was given to, {@code null} if nobody has heard of that
     */
    record Left(String taskId, String swarmId, Agent agent) {}

    /**
     * A task that is pending, queued or blocked.
     *
     * @param on the tasks that it waits for
     */
    record Waiting(String id, String swarmId, String status, List<String> on) {}

    /**
     * Looks at what may stand still, and at these agents and tasks.
     *
     * @param swarmId at what is in that swarm alone; {@code null} for all
     * @param silentBefore an active agent that was last heard of before that time, epoch milliseconds, is silent
     * @param lately what an agent does that was heard of since then, likewise, it does now
     */
    static Standing in(
            JdbcClient jdbc,
            String swarmId,
            double silentBefore,
            double lately,
            Collection<String> agentIds,
            Collection<String> taskIds) {
        Standing standing = new Standing(jdbc, swarmId, silentBefore, lately);
        standing.position = jdbc.sql("SELECT min(position) FROM Projection WHERE name IN (:names)")
                .param("names", PROJECTIONS)
                .query(Long.class)
                .single();
        standing.readSwarms();
        standing.readUnstopped();
        Map<String, Held> held = standing.readHeld();
        Set<String> others = new HashSet<>(agentIds);
        held.values().forEach(task -> others.add(task.agentId()));
        others.removeAll(standing.agents.keySet());
        others.remove(null);
        standing.readAgents(others);
        held.forEach(
                (id, task) -> standing.left.add(new Left(id, task.swarmId(), standing.agents.get(task.agentId()))));
        Set<String> tasks = new HashSet<>(taskIds);
        standing.unstopped.stream().filter(Agent::isSilent).forEach(agent -> tasks.add(agent.currentTask()));
        tasks.remove(null);
        standing.readTasks(tasks);
        return standing;
    }

    /** The swarms that are over. */
    static Set<String> terminated(JdbcClient jdbc) {
        return new HashSet<>(jdbc.sql("SELECT id FROM swarm_overview WHERE status = ? AND "
                        + live("swarm_overview", ProjectionNames.SWARM_OVERVIEW))
                .param(TERMINATED)
                .query(String.class)
                .list());
    }

    /** The condition that rows of a view are those that are live, and in the swarm that is asked for. */
    private String here(String table, String projection) {
        return live(table, projection) + (swarmId == null ? "" : " AND " + table + ".swarmId = :swarmId");
    }

    private static String live(String table, String projection) {
        return table + ".generation = (SELECT live FROM Projection WHERE name = '" + projection + "')";
    }

    private JdbcClient.StatementSpec sql(String sql) {
        return jdbc.sql(sql)
                .param("swarmId", swarmId)
                .param("silentBefore", silentBefore)
                .param("lately", lately);
    }

    private void readSwarms() {
        sql("SELECT id, status FROM swarm_overview WHERE " + here("swarm_overview", ProjectionNames.SWARM_OVERVIEW))
                .query(row -> {
                    swarms.put(row.getString(1), new Swarm(row.getString(2), Recorded.NEVER));
                });
        sql("SELECT swarmId, max(lastHeardAt) FROM agent_state WHERE "
                        + here("agent_state", ProjectionNames.AGENT_STATE) + " GROUP BY swarmId")
                .query(row -> {
                    double heardAt = row.getObject(2) == null ? Recorded.NEVER : row.getDouble(2);
                    swarms.merge(
                            row.getString(1),
                            new Swarm(null, heardAt),
                            (swarm, none) -> new Swarm(swarm.status(), heardAt));
                });
    }

    private void readUnstopped() {
        List<Agent> found = new ArrayList<>();
        sql("SELECT " + AGENT + " FROM agent_state WHERE " + here("agent_state", ProjectionNames.AGENT_STATE)
                        + " AND agent_state.stoppedAt IS NULL LIMIT " + (CONSIDERED + 1))
                .query(row -> {
                    found.add(agent(row));
                });
        unstopped.addAll(considered(found));
        unstopped.forEach(agent -> agents.put(agent.id(), agent));
    }

    private void readAgents(Collection<String> ids) {
        sql("SELECT " + AGENT
                        + " FROM json_each(:ids) AS wanted CROSS JOIN agent_state ON agent_state.id = wanted.value"
                        + " WHERE " + live("agent_state", ProjectionNames.AGENT_STATE))
                .param("ids", Json.mapper().writeValueAsString(ids))
                .query(row -> {
                    Agent agent = agent(row);
                    agents.put(agent.id(), agent);
                });
    }

    private static Agent agent(ResultSet row) throws SQLException {
        return new Agent(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6) == null ? null : row.getDouble(6),
                row.getLong(7));
    }

    /** A task in progress that nobody is known to work on, and whom it was given to, if to anybody. */
    private record Held(String swarmId, String agentId) {}

    /** By their ids. */
    private Map<String, Held> readHeld() {
        Map<String, Held> held = new LinkedHashMap<>();
        sql("SELECT id, swarmId, assignedAgent FROM task_history WHERE "
                        + here("task_history", ProjectionNames.TASK_HISTORY) + " AND " + TaskQueries.STUCK + " LIMIT "
                        + (CONSIDERED + 1))
                .query(row -> {
                    if (held.size() < CONSIDERED) {
                        held.put(row.getString(1), new Held(row.getString(2), row.getString(3)));
                    } else {
                        isWhole = false;
                    }
                });
        return held;
    }

    private void readTasks(Collection<String> ids) {
        readStatuses(ids);
        List<Waiting> foundWaiting = new ArrayList<>();
        sql("SELECT id, swarmId, status, json_extract(state, '$.dependencies'), json_extract(state, '$.blockedBy')"
                        + " FROM task_history WHERE " + here("task_history", ProjectionNames.TASK_HISTORY)
                        + " AND (status IN ('blocked', 'queued') OR status = 'pending'"
                        // A backlog that waits for nothing leaves room for what does.
                        + " AND (json_array_length(state, '$.dependencies') > 0"
                        + " OR json_array_length(state, '$.blockedBy') > 0))"
                        + " ORDER BY status = 'pending', status, id LIMIT " + (CONSIDERED + 1))
                .query(row -> {
                    List<String> on = new ArrayList<>(ids(row.getString(4)));
                    on.addAll(ids(row.getString(5)));
                    foundWaiting.add(new Waiting(row.getString(1), row.getString(2), row.getString(3), on));
                });
        considered(foundWaiting).forEach(task -> waiting.put(task.id(), task));
        readStatuses(waiting.values().stream()
                .flatMap(task -> task.on().stream())
                .distinct()
                .toList());
    }

    private void readStatuses(Collection<String> ids) {
        sql("SELECT task_history.id, task_history.status FROM json_each(:ids) AS wanted"
                        + " CROSS JOIN task_history ON task_history.id = wanted.value WHERE "
                        + live("task_history", ProjectionNames.TASK_HISTORY))
                .param("ids", Json.mapper().writeValueAsString(ids))
                .query(row -> {
                    tasks.put(row.getString(1), row.getString(2));
                });
    }

    private static List<String> ids(String json) {
        return json == null ? List.of() : Json.mapper().readValue(json, IDS);
    }

    private <T> List<T> considered(List<T> found) {
        if (found.size() <= CONSIDERED) {
            return found;
        }
        isWhole = false;
        return found.subList(0, CONSIDERED);
    }

    /** The position up to which all of the views have seen the log. */
    long position() {
        return position;
    }

    /** Whether all that may stand still was looked at. */
    boolean isWhole() {
        return isWhole;
    }

    Map<String, Swarm> swarms() {
        return swarms;
    }

    boolean isTerminated(String swarm) {
        Swarm found = swarms.get(swarm);
        return found != null && TERMINATED.equals(found.status());
    }

    /** One of those that were asked for; {@code null} if it was never heard of. */
    Agent agent(String id) {
        return agents.get(id);
    }

    /** Likewise, how a task is, or one that another waits for, or that a silent agent works on. */
    String statusOf(String taskId) {
        return tasks.get(taskId);
    }

    /** The agents that are not stopped. */
    List<Agent> unstopped() {
        return unstopped;
    }

    List<Left> left() {
        return left;
    }

    /** By their ids. */
    Map<String, Waiting> waiting() {
        return waiting;
    }
}
