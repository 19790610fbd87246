package io.swarmledger.app.imports;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogWriter;
import io.swarmledger.app.log.sqlite.SqliteErrors;
import io.swarmledger.app.log.sqlite.Streams;
import io.swarmledger.events.Envelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Puts events into the log that are not in it yet. */
final class LogRows implements AutoCloseable {

    private static final String SWARM = "swarm";

    private final LogWriter.Inserter inserter;
    private final EventSource source;
    private final BadRows bad;
    private final PreparedStatement byId;
    private final PreparedStatement byVersion;
    private final Streams streams;
    private final boolean inVersionOrder;
    private boolean mayBeThere;
    private long added;
    private long alreadyThere;

    /**
     * For the log of which {@code connection} is in a transaction.
     *
     * @param inVersionOrder whether the file's versions of each aggregate rise: one that does not is the log's fault then
     */
    LogRows(LogWriter.Inserter inserter, Connection connection, EventSource source, BadRows bad, boolean inVersionOrder)
            throws SQLException {
        this.inserter = inserter;
        this.source = source;
        this.bad = bad;
        this.inVersionOrder = inVersionOrder;
        streams = new Streams(connection);
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

    /**
     * Adds an event, passes over it if it is there with the same content, or notes why it can be neither.
     *
     * @throws OutOfOrder if the file may have to be put in order first
     */
    void add(Checked checked) throws SQLException {
        checked.bad().forEach(bad::add);
        if (checked.event() == null || mayBeThere && isThere(checked)) {
            return;
        }
        Streams.Stream stream = streams.of(checked.event().aggregateId()).orElse(null);
        if (stream != null && checked.event().sequenceNumber() + 1 < stream.lastVersion()) {
            comeTooLate(checked, stream);
            return;
        }
        EventRow event = checked.event().inSwarm(swarmOf(checked, stream));
        try {
            inserter.insert(event);
            streams.appended(event);
            added++;
        } catch (SQLException taken) {
            if (!SqliteErrors.isConflict(taken)) {
                throw taken;
            }
            mayBeThere = true;
            if (!isThere(checked)) {
                bad.add(new BadRow(
                        checked.row(),
                        source.nameOf(Column.VERSION),
                        "is " + (event.sequenceNumber() + 1) + ", "
                                + held(event, holderOf(event).orElse("another event"))));
            }
        }
    }

    private void comeTooLate(Checked checked, Streams.Stream stream) throws SQLException {
        if (!inVersionOrder) {
            throw new OutOfOrder();
        }
        EventRow event = checked.event();
        String version = "is " + (event.sequenceNumber() + 1) + ", ";
        bad.add(new BadRow(
                checked.row(),
                source.nameOf(Column.VERSION),
                holderOf(event)
                        .map(holder -> version + held(event, holder))
                        .orElseGet(() -> version + "and the ledger has version " + stream.lastVersion()
                                + " of the aggregate " + BadRow.shown(event.aggregateId())
                                + " already: nothing can come before that")));
    }

    /** The one that the event names, or else that of the aggregate's first event, or else a swarm's own. */
    private String swarmOf(Checked checked, Streams.Stream stream) {
        EventRow event = checked.event();
        if (event.swarmId() != null) {
            return event.swarmId();
        }
        String belongsTo = stream != null ? stream.swarmId() : swarmOfItsOwn(event);
        if (checked.toldSwarm() != null && !checked.toldSwarm().equals(belongsTo)) {
            bad.add(new BadRow(
                    checked.row(),
                    source.nameOf(Column.SWARM_ID),
                    "is " + BadRow.shown(checked.toldSwarm())
                            + ", but the metadata names none and the event belongs to " + BadRow.shown(belongsTo)));
        }
        return belongsTo;
    }

    private static String swarmOfItsOwn(EventRow event) {
        return SWARM.equals(event.aggregateType()) || event.eventType().startsWith(SWARM + ":")
                ? event.aggregateId()
                : Envelope.DEFAULT_SWARM_ID;
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
        streams.close();
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

    private static String held(EventRow event, String holder) {
        return "which " + holder + " has in the aggregate " + BadRow.shown(event.aggregateId());
    }

    /** The event that has its version. */
    private Optional<String> holderOf(EventRow event) throws SQLException {
        byVersion.setString(1, event.aggregateId());
        byVersion.setLong(2, event.sequenceNumber());
        try (ResultSet row = byVersion.executeQuery()) {
            return row.next() ? Optional.of("the event " + BadRow.shown(row.getString(1))) : Optional.empty();
        }
    }
}
