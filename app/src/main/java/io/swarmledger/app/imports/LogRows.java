package io.swarmledger.app.imports;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogWriter;
import io.swarmledger.app.log.sqlite.SqliteErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts events into the log that are not in it yet. */
final class LogRows implements AutoCloseable {

    private final LogWriter.Inserter inserter;
    private final EventSource source;
    private final BadRows bad;
    private final PreparedStatement byId;
    private final PreparedStatement byVersion;
    private boolean mayBeThere;
    private long added;
    private long alreadyThere;

    /** For the log of which {@code connection} is in a transaction. */
    LogRows(LogWriter.Inserter inserter, Connection connection, EventSource source, BadRows bad) throws SQLException {
        this.inserter = inserter;
        this.source = source;
        this.bad = bad;
        byId = connection.prepareStatement("SELECT aggregateIdentifier, sequenceNumber, type, timeStamp, payloadType,"
                + " payload, metaData, source, causationId, correlationId FROM DomainEventEntry"
                + " WHERE eventIdentifier = ?");
        byVersion = connection.prepareStatement("SELECT eventIdentifier FROM DomainEventEntry"
                + " WHERE aggregateIdentifier = ? AND sequenceNumber = ?");
        try (PreparedStatement any = connection.prepareStatement("SELECT 1 FROM DomainEventEntry LIMIT 1");
                ResultSet row = any.executeQuery()) {
            // Into an empty log every event goes without a look; an id that a file has twice is found by its index.
            mayBeThere = row.next();
        }
    }

    /** Adds an event, passes over it if it is there with the same content, or notes why it can be neither. */
    void add(Checked checked) throws SQLException {
        checked.bad().forEach(bad::add);
        if (checked.event() == null || mayBeThere && isThere(checked)) {
            return;
        }
        try {
            inserter.insert(checked.event());
            added++;
        } catch (SQLException taken) {
            if (!SqliteErrors.isConflict(taken)) {
                throw taken;
            }
            mayBeThere = true;
            if (!isThere(checked)) {
                bad.add(new BadRow(checked.row(), source.nameOf(Column.VERSION), holderOf(checked.event())));
            }
        }
    }

    long added() {
        return added;
    }

    long alreadyThere() {
        return alreadyThere;
    }

    @Override
    public void close() throws SQLException {
        byId.close();
        byVersion.close();
    }

    private boolean isThere(Checked checked) throws SQLException {
        EventRow event = checked.event();
        byId.setString(1, event.eventId());
        try (ResultSet row = byId.executeQuery()) {
            if (!row.next()) {
                return false;
            }
            List<String> different = differences(event, row);
            if (different.isEmpty()) {
                alreadyThere++;
            } else {
                bad.add(new BadRow(
                        checked.row(),
                        source.nameOf(Column.ID),
                        "is " + BadRow.shown(event.eventId()) + ", an event that the ledger has with another "
                                + String.join(", ", different)));
            }
            return true;
        }
    }

    private List<String> differences(EventRow event, ResultSet row) throws SQLException {
        List<String> result = new ArrayList<>();
        compare(result, Column.AGGREGATE_ID, event.aggregateId(), row.getString(1));
        compare(result, Column.VERSION, event.sequenceNumber(), row.getLong(2));
        compare(result, Column.AGGREGATE_TYPE, event.aggregateType(), row.getString(3));
        compare(result, Column.TIMESTAMP, normal(event.timestamp()), normal((Number) row.getObject(4)));
        compare(result, Column.TYPE, event.eventType(), row.getString(5));
        compare(result, Column.PAYLOAD, event.payload(), row.getString(6));
        compare(result, Column.METADATA, event.metadata(), row.getString(7));
        compare(result, Column.SOURCE, event.source(), row.getString(8));
        compare(result, Column.CAUSATION_ID, event.causationId(), row.getString(9));
        compare(result, Column.CORRELATION_ID, event.correlationId(), row.getString(10));
        return result;
    }

    private void compare(List<String> result, Column column, Object given, Object stored) {
        if (!Objects.equals(given, stored)) {
            result.add(source.nameOf(column));
        }
    }

    /** The column stores a real number that is whole as an integer. */
    private static Number normal(Number number) {
        if (number instanceof Double real) {
            return real == real.longValue() ? (Number) real.longValue() : real;
        }
        return number.longValue();
    }

    private String holderOf(EventRow event) throws SQLException {
        byVersion.setString(1, event.aggregateId());
        byVersion.setLong(2, event.sequenceNumber());
        try (ResultSet row = byVersion.executeQuery()) {
            String holder = row.next() ? "the event " + BadRow.shown(row.getString(1)) : "another event";
            return "is " + (event.sequenceNumber() + 1) + ", which " + holder + " has in the aggregate "
                    + BadRow.shown(event.aggregateId());
        }
    }
}
