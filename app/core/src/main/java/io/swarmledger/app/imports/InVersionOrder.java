package io.swarmledger.app.imports;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Holds a file's events back until all of them are there, and gives them out so that the versions of each aggregate rise:
 * the places in the file that an aggregate's events have stay the places of that aggregate. They wait on disk, in
 * a database of their own that nobody else sees.
 */
final class InVersionOrder implements AutoCloseable {

    /** What is compared stands before what is long. */
    private static final String WAITING = "CREATE TABLE WaitingEvent (place INTEGER PRIMARY KEY, sequenceNumber"
            + " INTEGER, aggregateId TEXT, row INTEGER, toldSwarm TEXT, eventId TEXT, aggregateType TEXT, timestamp,"
            + " eventType TEXT, revision TEXT, source TEXT, causationId TEXT, correlationId TEXT, swarmId TEXT,"
            + " payload TEXT, metadata TEXT)";

    private static final String TURNS = "CREATE TABLE Turn (turn INTEGER PRIMARY KEY, place INTEGER)";

    private static final String TAKE_TURNS = "INSERT INTO Turn SELECT slot.place, event.place FROM"
            + " (SELECT place, row_number() OVER (ORDER BY aggregateId, place) AS number FROM WaitingEvent) AS slot"
            + " JOIN (SELECT place, row_number() OVER (ORDER BY aggregateId, sequenceNumber, place) AS number"
            + " FROM WaitingEvent) AS event ON event.number = slot.number";

    private final Path file;
    private final Connection connection;
    private final PreparedStatement insert;

    InVersionOrder() throws SQLException {
        try {
            file = Files.createTempFile("swarm-ledger-import-", ".db");
        } catch (IOException failure) {
            throw new UncheckedIOException("An import that must be put in order finds no room: " + failure, failure);
        }
        connection = SqliteConnections.rebuildable(file).getConnection();
        // What is lost with the machine's power is made again with the next import.
        execute("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", WAITING, TURNS);
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO WaitingEvent VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    }

    /** Takes what is done with each event. */
    @FunctionalInterface
    interface Taker {

        void add(Checked checked) throws SQLException;
    }

    /** Keeps a good event until {@link #giveOut}. */
    void add(Checked checked) throws SQLException {
        EventRow event = checked.event();
        Object[] values = {
            event.sequenceNumber(),
            event.aggregateId(),
            checked.row(),
            checked.toldSwarm(),
            event.eventId(),
            event.aggregateType(),
            event.timestamp(),
            event.eventType(),
            event.revision(),
            event.source(),
            event.causationId(),
            event.correlationId(),
            event.swarmId(),
            event.payload(),
            event.metadata()
        };
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
        insert.executeUpdate();
    }

    /** Gives out all of them. */
    void giveOut(Taker taker) throws SQLException {
        execute(TAKE_TURNS);
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(
                        "SELECT WaitingEvent.* FROM Turn JOIN WaitingEvent USING (place) ORDER BY turn")) {
            while (row.next()) {
                taker.add(checked(row));
            }
        }
    }

    private static Checked checked(ResultSet row) throws SQLException {
        EventRow event = new EventRow(
                row.getString("eventId"),
                row.getString("aggregateId"),
                row.getLong("sequenceNumber"),
                row.getString("aggregateType"),
                (Number) row.getObject("timestamp"),
                row.getString("eventType"),
                row.getString("revision"),
                row.getString("payload"),
                row.getString("metadata"),
                row.getString("source"),
                row.getString("causationId"),
                row.getString("correlationId"),
                row.getString("swarmId"),
                null);
        return new Checked(row.getLong("row"), event, row.getString("toldSwarm"), List.of());
    }

    @Override
    public void close() throws SQLException, IOException {
        try (Connection closing = connection;
                PreparedStatement last = insert) {
            closing.rollback();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
