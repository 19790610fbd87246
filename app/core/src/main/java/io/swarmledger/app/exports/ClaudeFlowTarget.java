package io.swarmledger.app.exports;

import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.StoredSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.sqlite.JDBC;

/** A database that claude-flow V3 opens: the schema is its own, to the character. */
final class ClaudeFlowTarget implements ExportTarget {

    /** All that claude-flow V3 has. */
    private static final Set<String> KNOWN = Set.of(
            "agent:spawned",
            "agent:started",
            "agent:stopped",
            "agent:failed",
            "agent:status-changed",
            "agent:task-assigned",
            "agent:task-completed",
            "task:created",
            "task:queued",
            "task:started",
            "task:completed",
            "task:failed",
            "task:blocked",
            "memory:stored",
            "memory:retrieved",
            "memory:deleted",
            "memory:expired",
            "swarm:initialized",
            "swarm:scaled",
            "swarm:terminated",
            "swarm:phase-changed",
            "swarm:milestone-reached",
            "swarm:error");

    private static final String EVENTS =
            """
            CREATE TABLE events (
                    id TEXT PRIMARY KEY,
                    type TEXT NOT NULL,
                    aggregate_id TEXT NOT NULL,
                    aggregate_type TEXT NOT NULL,
                    version INTEGER NOT NULL,
                    timestamp INTEGER NOT NULL,
                    source TEXT NOT NULL,
                    payload TEXT NOT NULL,
                    metadata TEXT,
                    causation_id TEXT,
                    correlation_id TEXT
                  )""";

    private static final String SNAPSHOTS =
            """
            CREATE TABLE snapshots (
                    aggregate_id TEXT PRIMARY KEY,
                    aggregate_type TEXT NOT NULL,
                    version INTEGER NOT NULL,
                    state TEXT NOT NULL,
                    timestamp INTEGER NOT NULL
                  )""";

    private static final List<String> INDEXES = List.of(
            "CREATE INDEX idx_aggregate_id ON events(aggregate_id)",
            "CREATE INDEX idx_aggregate_type ON events(aggregate_type)",
            "CREATE INDEX idx_event_type ON events(type)",
            "CREATE INDEX idx_timestamp ON events(timestamp)",
            "CREATE INDEX idx_version ON events(version)",
            "CREATE UNIQUE INDEX idx_aggregate_version ON events(aggregate_id, version)");

    private final Connection connection;
    private final PreparedStatement event;
    private final PreparedStatement snapshot;

    ClaudeFlowTarget(Path file) throws SQLException {
        connection = JDBC.createConnection(
                "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath(), new Properties());
        try {
            // Nobody reads the file before it is whole, and then it is synced as a whole: no journal, no sync on the
            // way.
            execute("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA trusted_schema = OFF");
            connection.setAutoCommit(false);
            execute(EVENTS, SNAPSHOTS);
            event = connection.prepareStatement("INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?)");
            snapshot = connection.prepareStatement("INSERT INTO snapshots VALUES (?,?,?,?,?)");
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    @Override
    public void add(LogRow row) {
        // What happened outside every aggregate has no type here and must have one there.
        String aggregateType = row.aggregateType() == null ? "" : row.aggregateType();
        insert(
                event,
                row.id(),
                row.type(),
                row.aggregateId(),
                aggregateType,
                row.version(),
                row.timestamp(),
                row.source(),
                row.payload(),
                row.metadata(),
                row.causationId(),
                row.correlationId());
    }

    @Override
    public boolean isKnownThere(String type) {
        return KNOWN.contains(type);
    }

    @Override
    public int addSnapshot(StoredSnapshot row) {
        return insert(
                snapshot,
                row.aggregateId(),
                row.aggregateType(),
                row.version(),
                row.state().text(),
                row.timestamp());
    }

    private static int insert(PreparedStatement insert, Object... values) {
        try {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            return insert.executeUpdate();
        } catch (SQLException failure) {
            throw new UncheckedIOException(new IOException(failure.getMessage(), failure));
        }
    }

    @Override
    public void finish() throws SQLException {
        execute(INDEXES.toArray(String[]::new));
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
