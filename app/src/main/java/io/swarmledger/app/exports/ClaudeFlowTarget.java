package io.swarmledger.app.exports;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/** A database that claude-flow V3 opens: the schema is its own, to the character. */
final class ClaudeFlowTarget implements ExportTarget {

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
    public void add(ResultSet row) throws SQLException {
        String aggregateType = row.getString("type");
        event.setString(1, row.getString("eventIdentifier"));
        event.setString(2, row.getString("payloadType"));
        event.setString(3, row.getString("aggregateIdentifier"));
        // What happened outside every aggregate has no type here and must have one there.
        event.setString(4, aggregateType == null ? "" : aggregateType);
        event.setLong(5, row.getLong("sequenceNumber") + 1);
        event.setObject(6, row.getObject("timeStamp"));
        event.setString(7, row.getString("source"));
        event.setString(8, row.getString("payload"));
        event.setString(9, row.getString("metaData"));
        event.setString(10, row.getString("causationId"));
        event.setString(11, row.getString("correlationId"));
        event.executeUpdate();
    }

    @Override
    public int addSnapshot(ResultSet row) throws SQLException {
        snapshot.setString(1, row.getString("aggregateId"));
        snapshot.setString(2, row.getString("aggregateType"));
        snapshot.setLong(3, row.getLong("version"));
        snapshot.setString(4, row.getString("state"));
        snapshot.setObject(5, row.getObject("timestamp"));
        return snapshot.executeUpdate();
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
