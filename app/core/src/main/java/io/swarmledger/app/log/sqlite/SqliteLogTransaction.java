package io.swarmledger.app.log.sqlite;

import static io.swarmledger.app.log.sqlite.LogTable.COLUMNS;
import static io.swarmledger.app.log.sqlite.LogTable.EVENTS;

import io.swarmledger.app.log.Conflict;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogTransaction;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.StoredSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The log's file inside a transaction of its writer. */
final class SqliteLogTransaction implements LogTransaction, AutoCloseable {

    private static final String SELECT = "SELECT " + COLUMNS + " FROM " + EVENTS;

    private static final String KEEP = "INSERT INTO ImportedSnapshot (aggregateId, aggregateType, version, state,"
            + " timestamp) VALUES (?,?,?,?,?) ON CONFLICT (aggregateId) DO UPDATE SET"
            + " aggregateType = excluded.aggregateType, version = excluded.version, state = excluded.state,"
            + " timestamp = excluded.timestamp WHERE excluded.version > version OR excluded.version = version"
            + " AND (excluded.aggregateType, excluded.state, excluded.timestamp) IS NOT"
            + " (aggregateType, state, timestamp)";

    private final LogWriter.Inserter inserter;
    private final Streams streams;
    private final PreparedStatement any;
    private final PreparedStatement has;
    private final PreparedStatement byId;
    private final PreparedStatement byVersion;
    private final PreparedStatement keep;

    SqliteLogTransaction(LogWriter.Inserter inserter, Connection connection) throws SQLException {
        this.inserter = inserter;
        any = connection.prepareStatement("SELECT 1 FROM " + EVENTS + " LIMIT 1");
        streams = new Streams(connection, isEmpty());
        has = connection.prepareStatement("SELECT 1 FROM " + EVENTS + " WHERE eventIdentifier = ?");
        byId = connection.prepareStatement(SELECT + " WHERE eventIdentifier = ?");
        byVersion = connection.prepareStatement(SELECT + " WHERE aggregateIdentifier = ? AND sequenceNumber = ?");
        keep = connection.prepareStatement(KEEP);
    }

    @FunctionalInterface
    private interface Statements<T> {

        T run() throws SQLException;
    }

    private static <T> T run(Statements<T> statements) {
        try {
            return statements.run();
        } catch (SQLException failure) {
            if (SqliteErrors.isConflict(failure)) {
                throw new Conflict(failure);
            }
            throw SqliteErrors.faultOf("the log", failure);
        }
    }

    @Override
    public long append(EventRow row) {
        return run(() -> {
            long position = inserter.insert(row);
            streams.appended(row);
            return position;
        });
    }

    @Override
    public boolean isEmpty() {
        return run(() -> {
            try (ResultSet row = any.executeQuery()) {
                return !row.next();
            }
        });
    }

    @Override
    public boolean has(String eventId) {
        return run(() -> {
            has.setString(1, eventId);
            try (ResultSet row = has.executeQuery()) {
                return row.next();
            }
        });
    }

    @Override
    public Optional<LogRow> byId(String eventId) {
        return run(() -> {
            byId.setString(1, eventId);
            return one(byId);
        });
    }

    @Override
    public Optional<LogRow> byVersion(String aggregateId, long version) {
        return run(() -> {
            byVersion.setString(1, aggregateId);
            byVersion.setLong(2, version - 1);
            return one(byVersion);
        });
    }

    private static Optional<LogRow> one(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(LogTable.row(row)) : Optional.empty();
        }
    }

    @Override
    public Optional<Stream> stream(String aggregateId) {
        return run(() -> streams.of(aggregateId));
    }

    @Override
    public boolean keep(StoredSnapshot snapshot) {
        return run(() -> {
            keep.setString(1, snapshot.aggregateId());
            keep.setString(2, snapshot.aggregateType());
            keep.setLong(3, snapshot.version());
            keep.setString(4, snapshot.state().text());
            keep.setDouble(5, snapshot.timestamp());
            return keep.executeUpdate() > 0;
        });
    }

    @Override
    public void close() throws SQLException {
        try (PreparedStatement one = any;
                PreparedStatement two = byId;
                PreparedStatement three = byVersion;
                PreparedStatement four = keep;
                PreparedStatement five = has) {
            streams.close();
        }
    }
}
