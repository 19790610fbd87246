package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.directory.LedgerUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Makes a copied log one that ends at a position. */
public final class LogCut {

    /** What the log knows of what comes behind a position. */
    private static final List<String> TAIL =
            List.of("DELETE FROM DomainEventEntry WHERE globalIndex > ?", "DELETE FROM AcceptedLoss WHERE after >= ?");

    /** What goes beyond the events that are left. */
    private static final List<String> BEYOND = List.of(
            "DELETE FROM SnapshotEventEntry WHERE sequenceNumber > (SELECT coalesce(max(sequenceNumber), -1)"
                    + " FROM DomainEventEntry AS event"
                    + " WHERE event.aggregateIdentifier = SnapshotEventEntry.aggregateIdentifier)",
            "DELETE FROM ImportedSnapshot WHERE version > (SELECT coalesce(max(sequenceNumber) + 1, 0)"
                    + " FROM DomainEventEntry AS event"
                    + " WHERE event.aggregateIdentifier = ImportedSnapshot.aggregateId)",
            "UPDATE sqlite_sequence SET seq = (SELECT max(globalIndex) FROM DomainEventEntry)"
                    + " WHERE name = 'DomainEventEntry'");

    private LogCut() {}

    /**
     * Cuts off what the copy has behind a position.
     *
     * @param log what it is a copy of
     * @throws LedgerUnavailable if the log does not reach so far
     */
    public static void behind(Path log, Path copy, long at) throws SQLException {
        try (Connection connection = SqliteConnections.rebuildable(copy).getConnection();
                Statement statement = connection.createStatement()) {
            // What is cut away must not lie in a write-ahead log that a copy of the file would leave behind.
            statement.execute("PRAGMA journal_mode = DELETE");
            requireReached(statement, log, at);
            connection.setAutoCommit(false);
            for (String sql : TAIL) {
                try (PreparedStatement cut = connection.prepareStatement(sql)) {
                    cut.setLong(1, at);
                    cut.executeUpdate();
                }
            }
            for (String sql : BEYOND) {
                statement.executeUpdate(sql);
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("VACUUM");
        }
    }

    private static void requireReached(Statement statement, Path log, long at) throws SQLException {
        try (ResultSet head = statement.executeQuery("SELECT coalesce(max(globalIndex), 0) FROM DomainEventEntry")) {
            head.next();
            if (at < 1 || at > head.getLong(1)) {
                throw new LedgerUnavailable(
                        "There is no position " + at + " in " + log + ", whose positions are 1 to " + head.getLong(1));
            }
        }
    }
}
