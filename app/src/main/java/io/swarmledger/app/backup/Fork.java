package io.swarmledger.app.backup;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.directory.Workshop;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.log.sqlite.Verification.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A ledger of its own that begins as another one was at a position: it can be continued another way and held against its
 * origin, which is only read, beside whoever writes to it.
 */
public final class Fork {

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

    private Fork() {}

    /**
     * Copies a log up to a position into a directory that has no ledger yet.
     *
     * @param at the last position that the fork has
     * @param progress told how many events of the fork were checked so far
     * @return what the check found: nothing wrong
     * @throws LedgerUnavailable if the log does not reach so far, or there is a ledger in {@code data} already, or what was
     *     copied is damaged; nothing of a fork is there then
     */
    public static Verdict of(Path log, String data, long at, Clock clock, LongConsumer progress) {
        try (LedgerDirectory directory = LedgerDirectory.take(data)) {
            return Restore.withdrawnUnless(directory, () -> {
                if (Files.exists(directory.files().log())) {
                    throw new LedgerUnavailable("There is a ledger in " + data + " already: name another directory");
                }
                try (Workshop workshop = Workshop.in(directory.files().directory())) {
                    Path copy = workshop.file("events.db");
                    Backup.copy(log, copy);
                    cut(log, copy, at);
                    return Restore.adopt(copy, log, directory.files(), clock, progress);
                }
            });
        } catch (IOException | SQLException failure) {
            throw new LedgerUnavailable(log + " was not forked into " + data + ": " + failure.getMessage(), failure);
        }
    }

    private static void cut(Path log, Path copy, long at) throws SQLException {
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
