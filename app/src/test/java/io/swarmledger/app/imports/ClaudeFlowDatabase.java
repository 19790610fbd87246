package io.swarmledger.app.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Databases as claude-flow V3 makes them, and ones that have gone wrong. */
public final class ClaudeFlowDatabase {

    public static final String EVENTS = "CREATE TABLE events (id TEXT PRIMARY KEY, type TEXT NOT NULL,"
            + " aggregate_id TEXT NOT NULL, aggregate_type TEXT NOT NULL, version INTEGER NOT NULL,"
            + " timestamp INTEGER NOT NULL, source TEXT NOT NULL, payload TEXT NOT NULL, metadata TEXT,"
            + " causation_id TEXT, correlation_id TEXT)";
    public static final String SNAPSHOTS = "CREATE TABLE snapshots (aggregate_id TEXT PRIMARY KEY,"
            + " aggregate_type TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, timestamp INTEGER NOT NULL)";

    /** The same without any constraint, so that anything can be in it. */
    public static final String LAX_EVENTS = "CREATE TABLE events (id, type, aggregate_id, aggregate_type, version,"
            + " timestamp, source, payload, metadata, causation_id, correlation_id)";

    private ClaudeFlowDatabase() {}

    /** A copy of one that claude-flow itself wrote: {@code all23}, {@code edge} or {@code swarm-small}. */
    public static Path original(String name, Path directory) throws IOException {
        Path copy = directory.resolve(name + ".db");
        try (InputStream in = ClaudeFlowDatabase.class.getResourceAsStream("/claude-flow/" + name + ".db")) {
            Files.copy(in, copy);
        }
        return copy;
    }

    /** An empty one. */
    public static Path empty(Path file) throws SQLException {
        sql(file, EVENTS, "CREATE UNIQUE INDEX idx_aggregate_version ON events(aggregate_id, version)", SNAPSHOTS);
        return file;
    }

    public static void sql(Path file, String... statements) throws SQLException {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Appends an event that nothing is wrong with, but for what {@code columns} (name, value, ...) say. */
    public static void event(Path file, String id, Object... columns) throws SQLException {
        StringBuilder names = new StringBuilder("id, type, aggregate_id, aggregate_type, version, timestamp, source,"
                + " payload, metadata, causation_id, correlation_id");
        List<Object> values = new ArrayList<>(List.of(
                id, "task:queued", id + "-task", "task", 1, 1_767_225_600_000L, "swarm", "{\"taskId\":\"t\"}", "{}"));
        values.add(null);
        values.add(null);
        List<String> order = List.of(names.toString().split(", ?"));
        for (int i = 0; i < columns.length; i += 2) {
            values.set(order.indexOf((String) columns[i]), columns[i + 1]);
        }
        try (Connection connection = connect(file);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO events (" + names + ") VALUES (?,?,?,?,?,?,?,?,?,?,?)")) {
            for (int i = 0; i < values.size(); i++) {
                insert.setObject(i + 1, values.get(i));
            }
            insert.executeUpdate();
        }
    }

    /** {@code count} events of {@code count / 10} tasks, ids as scattered as claude-flow's. */
    public static Path large(Path file, int count) throws SQLException {
        empty(file);
        sql(
                file,
                "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " + count + ")"
                        + " INSERT INTO events SELECT hex(randomblob(8)) || i, 'task:queued', 'task-' || (i / 10), 'task',"
                        + " i % 10 + 1, 1767225600000 + i, 'swarm', json_object('taskId', 'task-' || (i / 10), 'priority',"
                        + " 'high', 'queuedAt', 1767225600000 + i, 'note', 'some eighty characters of text that say"
                        + " nothing'), '{}', NULL, 'run-' || (i / 1000) FROM n");
        return file;
    }

    /** Every row of a query, values joined by |, each with its SQL type. */
    public static List<String> rows(Path file, String query) throws SQLException {
        List<String> result = new ArrayList<>();
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    Object value = rows.getObject(i);
                    row.append(value == null ? "" : value.getClass().getSimpleName())
                            .append(' ')
                            .append(
                                    value instanceof byte[] bytes
                                            ? HexFormat.of().formatHex(bytes)
                                            : value)
                            .append(" | ");
                }
                result.add(row.toString());
            }
        }
        return result;
    }

    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:file:" + file.toUri().getRawPath());
    }
}
