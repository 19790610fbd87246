package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.FactJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Facts of several files, given out in the order of their times. They wait on disk, in a database of their own that nobody
 * else sees. One that is told twice waits once.
 */
final class InTimeOrder implements AutoCloseable {

    private final Path file;
    private final Connection connection;
    private final PreparedStatement insert;
    private Statement select;
    private ResultSet rows;

    InTimeOrder() {
        try {
            file = Files.createTempFile("swarm-ledger-import-", ".db");
        } catch (IOException failure) {
            throw new UncheckedIOException("An import that must be put in order finds no room: " + failure, failure);
        }
        try {
            connection = SqliteConnections.rebuildable(file).getConnection();
            try (Statement statement = connection.createStatement()) {
                // What is lost with the machine's power is made again with the next import.
                statement.execute("PRAGMA journal_mode = MEMORY");
                statement.execute("PRAGMA synchronous = OFF");
                statement.execute("CREATE TABLE WaitingFact (place INTEGER PRIMARY KEY, time REAL, id TEXT UNIQUE,"
                        + " kind TEXT, fact TEXT)");
            }
            connection.setAutoCommit(false);
            insert = connection.prepareStatement(
                    "INSERT OR IGNORE INTO WaitingFact (time, id, kind, fact) VALUES (?, ?, ?, ?)");
        } catch (SQLException failure) {
            throw broken(failure);
        }
    }

    /** Keeps a fact. It comes behind those that happened before {@code time}, and behind those that were kept before. */
    void add(Fact fact, double time) {
        try {
            insert.setDouble(1, time);
            insert.setString(2, fact.id());
            insert.setString(3, fact.aggregateType());
            insert.setString(4, FactJson.write(fact));
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw broken(failure);
        }
    }

    /** Work that keeps facts, of which none is kept if it fails. */
    @FunctionalInterface
    interface Work {

        void run() throws Exception;
    }

    void wholly(Work work) throws Exception {
        Savepoint before = connection.setSavepoint();
        try {
            work.run();
        } catch (Exception failure) {
            connection.rollback(before);
            throw failure;
        }
        connection.releaseSavepoint(before);
    }

    /** Hands out those about things of that type. */
    void each(String aggregateType, Consumer<Fact> visitor) {
        try (PreparedStatement some =
                connection.prepareStatement("SELECT fact FROM WaitingFact WHERE kind = ? ORDER BY time, place")) {
            some.setString(1, aggregateType);
            ResultSet row = some.executeQuery();
            while (row.next()) {
                visitor.accept(FactJson.read(row.getString(1)));
            }
        } catch (SQLException failure) {
            throw broken(failure);
        }
    }

    /** The next of them all, once none is added any more. */
    Optional<Fact> next() {
        try {
            if (rows == null) {
                select = connection.createStatement();
                rows = select.executeQuery("SELECT fact FROM WaitingFact ORDER BY time, place");
            }
            return rows.next() ? Optional.of(FactJson.read(rows.getString(1))) : Optional.empty();
        } catch (SQLException failure) {
            throw broken(failure);
        }
    }

    @Override
    public void close() {
        try (Connection closing = connection;
                PreparedStatement one = insert;
                Statement two = select) {
            closing.rollback();
        } catch (SQLException failure) {
            throw broken(failure);
        } finally {
            delete();
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static IllegalStateException broken(SQLException failure) {
        return new IllegalStateException(
                "An import that must be put in order finds no room: " + failure.getMessage(), failure);
    }
}
