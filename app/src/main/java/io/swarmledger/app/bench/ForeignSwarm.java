package io.swarmledger.app.bench;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStatusChanged;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmMilestoneReached;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskQueued;
import io.swarmledger.events.task.TaskStarted;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Histories as a claude-flow database has them, to be imported: ids scattered, versions from 1, in the order of time. */
final class ForeignSwarm implements AutoCloseable {

    /** Events of which one task is the occasion. */
    static final int EVENTS_A_TASK = 10;

    private static final int AGENTS = 100;
    private static final int MILLIS_AN_EVENT = 5;
    private static final double BEGIN = 1_767_225_600_000d;

    private final Connection connection;
    private final PreparedStatement insert;
    private final Random chance = new Random(7);
    private final Map<String, Long> versions = new HashMap<>();
    private double now = BEGIN;
    private long events;

    private ForeignSwarm(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute(
                    "CREATE TABLE events (id TEXT PRIMARY KEY, type TEXT NOT NULL, aggregate_id TEXT NOT NULL,"
                            + " aggregate_type TEXT NOT NULL, version INTEGER NOT NULL, timestamp INTEGER NOT NULL,"
                            + " source TEXT NOT NULL, payload TEXT NOT NULL, metadata TEXT, causation_id TEXT,"
                            + " correlation_id TEXT)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?)");
    }

    /** A swarm of 100 agents that has one task done for every ten events. */
    static void ofTasks(Path file, long count) throws SQLException {
        try (ForeignSwarm swarm = new ForeignSwarm(file)) {
            swarm.raise();
            for (long task = 1; swarm.events < count; task++) {
                swarm.live(task, count);
            }
        }
    }

    /** One agent that changes its status all the time. */
    static void ofOneAgent(Path file, String agent, long count) throws SQLException {
        try (ForeignSwarm swarm = new ForeignSwarm(file)) {
            swarm.add("agent", agent, new AgentSpawned(agent, "core-implementer", "core", List.of("core")));
            while (swarm.events < count) {
                boolean idle = swarm.events % 2 == 0;
                swarm.add(
                        "agent",
                        agent,
                        new AgentStatusChanged(agent, idle ? "active" : "idle", idle ? "idle" : "active"));
            }
        }
    }

    /** The id of the n-th task, from 1. */
    static String task(long number) {
        return "task-" + number;
    }

    private void raise() throws SQLException {
        add("swarm", "swarm", new SwarmInitialized("hierarchical-mesh", (long) AGENTS, Map.of(), now));
        for (int i = 0; i < AGENTS; i++) {
            String agent = "agent-" + i;
            add("agent", agent, new AgentSpawned(agent, "core-implementer", "core", List.of("core", "reporting")));
        }
    }

    private void live(long number, long count) throws SQLException {
        String task = task(number);
        String agent = "agent-" + number % AGENTS;
        String memory = "memory-" + number;
        Map<String, Object> result = Map.of("ok", true, "artifacts", List.of("src/" + task + ".ts"));
        List<Step> life = List.of(
                new Step(
                        "task",
                        task,
                        new TaskCreated(
                                task,
                                "implementation",
                                "implementation of the event store",
                                null,
                                "high",
                                List.of(),
                                now)),
                new Step("task", task, new TaskQueued(task, "high", now)),
                new Step("agent", agent, new AgentTaskAssigned(agent, task, now)),
                new Step("task", task, new TaskStarted(task, agent, now)),
                new Step(
                        "memory",
                        memory,
                        new MemoryStored(memory, "task-results", task + "-notes", "episodic", 1_000L, now)),
                new Step("memory", memory, new MemoryRetrieved(memory, "task-results", task + "-notes", now, 1L)),
                new Step("memory", memory, new MemoryRetrieved(memory, "task-results", task + "-notes", now, 2L)),
                new Step("task", task, new TaskCompleted(task, result, now, 2_000d)),
                new Step("agent", agent, new AgentTaskCompleted(agent, task, result, now, 2_000d)),
                new Step("swarm", "swarm", new SwarmMilestoneReached("milestone-" + number, task + " is done", now)));
        for (Step step : life) {
            if (events < count) {
                add(step.aggregateType(), step.aggregateId(), step.event());
            }
        }
    }

    private record Step(String aggregateType, String aggregateId, LedgerEvent event) {}

    private void add(String aggregateType, String aggregateId, LedgerEvent event) throws SQLException {
        insert.setString(1, String.format("%016x-%d", chance.nextLong(), ++events));
        insert.setString(2, EventTypes.nameOf(event));
        insert.setString(3, aggregateId);
        insert.setString(4, aggregateType);
        insert.setLong(5, versions.merge(aggregateId, 1L, Long::sum));
        insert.setLong(6, (long) now);
        insert.setString(7, "swarm");
        insert.setString(8, Json.mapper().writeValueAsString(event));
        insert.setString(9, "{\"swarmId\":\"swarm\"}");
        insert.setString(10, null);
        insert.setString(11, "run-1");
        insert.executeUpdate();
        now += MILLIS_AN_EVENT;
    }

    @Override
    public void close() throws SQLException {
        connection.commit();
        connection.close();
    }
}
