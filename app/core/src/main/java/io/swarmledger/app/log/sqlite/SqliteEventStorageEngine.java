package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.log.AppendedRows;
import io.swarmledger.app.log.Conflict;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.Millis;
import io.swarmledger.app.log.NewStreams;
import io.swarmledger.app.log.StorableText;
import io.swarmledger.app.log.StoredEvent;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.Json;
import io.swarmledger.events.StoredEnvelope;
import io.swarmledger.events.WrittenPayload;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LogRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Axon's JDBC event storage engine on the ledger's log: it reads through the readers' connections, writes through the
 * {@link LogWriter}, and speaks SQL that SQLite's driver can answer (no row where there is nothing, never a NULL).
 *
 * <p>One writer makes positions visible in their order and without gaps, so tokens never carry any.
 */
public final class SqliteEventStorageEngine extends JdbcEventStorageEngine {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEventStorageEngine.class);

    private static final StoredEnvelope NO_ENVELOPE =
            new StoredEnvelope(null, null, null, null, null, null, null, null);

    private final EventLog log;
    private final LogWriter writer;
    private final long maxEventSize;

    /**
     * An engine that writes through {@code writer}.
     *
     * @param builder everything else of the engine, its connection provider for reading
     * @param log what it reads events from
     * @param maxEventSize how much payload and metadata may have together, bytes of UTF-8
     */
    public SqliteEventStorageEngine(Builder builder, EventLog log, LogWriter writer, long maxEventSize) {
        super(builder.dataType(String.class).extendedGapCheckEnabled(false));
        this.log = log;
        this.writer = writer;
        this.maxEventSize = maxEventSize;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        List<EventRow> rows = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            rows.add(rowOf(event, serializer));
        }
        try {
            long[] positions = writer.append(rows);
            CurrentUnitOfWork.ifStarted(
                    unitOfWork -> AppendedRows.in(unitOfWork).add(rows, positions));
        } catch (Conflict conflict) {
            handlePersistenceException(conflict, events.get(0));
        }
    }

    private EventRow rowOf(EventMessage<?> event, Serializer serializer) {
        SerializedObject<String> payload = event.serializePayload(serializer, String.class);
        Envelope envelope = Envelope.of(event.getMetaData());
        DomainEventMessage<?> domain = event instanceof DomainEventMessage<?> message ? message : null;
        EventRow row = new EventRow(
                event.getIdentifier(),
                domain != null ? domain.getAggregateIdentifier() : event.getIdentifier(),
                domain != null ? domain.getSequenceNumber() : 0,
                domain != null ? domain.getType() : null,
                Millis.of(event.getTimestamp()),
                payload.getType().getName(),
                payload.getType().getRevision(),
                WrittenPayload.in(event.getMetaData())
                        .map(written -> written.completedBy(payload.getData()))
                        .orElseGet(payload::getData),
                envelope.metadata().isEmpty() ? "{}" : Json.written(envelope.metadata()),
                envelope.source(),
                envelope.causationId(),
                envelope.correlationId(),
                Envelope.swarmIdOf(event.getMetaData()),
                envelope.recordedBy());
        requireStorable(row);
        return row;
    }

    private void requireStorable(EventRow row) {
        StorableText.bytes("event id", row.eventId());
        StorableText.bytes("type", row.eventType());
        StorableText.bytes("source", row.source());
        StorableText.bytes("causation id", row.causationId());
        StorableText.bytes("correlation id", row.correlationId());
        StorableText.bytes("name behind recordedBy", row.recordedBy());
        long bytes = StorableText.bytes("payload of " + row.eventType(), row.payload())
                + StorableText.bytes("metadata of " + row.eventType(), row.metadata());
        if (bytes > maxEventSize) {
            throw new LogFault(
                    LogFault.Kind.TOO_LARGE,
                    "Payload and metadata of " + row.eventType() + " are " + bytes + " bytes, more than " + maxEventSize
                            + ", the ledger's swarm-ledger.max-event-size: nothing was written");
        }
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        SerializedObject<String> payload = snapshot.serializePayload(serializer, String.class);
        try {
            writer.beside((connection, next) -> {
                try (PreparedStatement insert = connection.prepareStatement(
                                "INSERT OR REPLACE INTO SnapshotEventEntry (aggregateIdentifier, sequenceNumber, type,"
                                        + " eventIdentifier, timeStamp, payloadType, payloadRevision, payload, metaData)"
                                        + " VALUES (?,?,?,?,?,?,?,?,NULL)");
                        PreparedStatement delete = connection.prepareStatement(
                                "DELETE FROM SnapshotEventEntry WHERE aggregateIdentifier = ? AND sequenceNumber < ?")) {
                    insert.setString(1, snapshot.getAggregateIdentifier());
                    insert.setLong(2, snapshot.getSequenceNumber());
                    insert.setString(3, snapshot.getType());
                    insert.setString(4, snapshot.getIdentifier());
                    insert.setObject(5, Millis.of(snapshot.getTimestamp()));
                    insert.setString(6, payload.getType().getName());
                    insert.setString(7, payload.getType().getRevision());
                    insert.setString(8, payload.getData());
                    insert.executeUpdate();
                    delete.setString(1, snapshot.getAggregateIdentifier());
                    delete.setLong(2, snapshot.getSequenceNumber());
                    delete.executeUpdate();
                }
                return null;
            });
        } catch (Exception failure) {
            handlePersistenceException(failure, snapshot);
        }
    }

    /** The snapshot, if it can be read at all: garbage is passed over with a warning, and events tell the state. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        if (NewStreams.has(aggregateIdentifier)) {
            return Optional.empty();
        }
        try {
            Optional<DomainEventMessage<?>> snapshot = super.readSnapshot(aggregateIdentifier);
            if (snapshot.isPresent() && snapshot.get().getPayload() == null) {
                throw new SerializationException("it is null");
            }
            return snapshot;
        } catch (SerializationException unreadable) {
            LOG.warn(
                    "The snapshot of {} cannot be read and is passed over: {}",
                    aggregateIdentifier,
                    unreadable.getCause() == null
                            ? unreadable.getMessage()
                            : unreadable.getCause().getMessage());
            return Optional.empty();
        }
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        return NewStreams.has(aggregateIdentifier)
                ? DomainEventStream.empty()
                : super.readEvents(aggregateIdentifier, firstSequenceNumber);
    }

    @Override
    protected PreparedStatement readSnapshotData(Connection connection, String aggregateId) throws SQLException {
        PreparedStatement select = connection.prepareStatement(
                "SELECT * FROM SnapshotEventEntry WHERE aggregateIdentifier = ? ORDER BY sequenceNumber DESC");
        select.setString(1, aggregateId);
        return select;
    }

    @Override
    protected DomainEventData<?> getSnapshotData(ResultSet row) throws SQLException {
        return new GenericDomainEventEntry<Object>(
                row.getString("type"),
                row.getString("aggregateIdentifier"),
                row.getLong("sequenceNumber"),
                row.getString("eventIdentifier"),
                Millis.toInstant(row.getDouble("timeStamp")),
                row.getString("payloadType"),
                row.getString("payloadRevision"),
                row.getString("payload"),
                NO_ENVELOPE);
    }

    /** In pages that are bounded in bytes: an event may have a megabyte. */
    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String aggregateId, long first) {
        return LogPages.stream(
                        "Aggregate " + aggregateId,
                        first,
                        LogRow::version,
                        version -> log.stream(aggregateId, version, Budget.PAGE))
                .map(StoredEvent::of);
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(TrackingToken after, boolean mayBlock) {
        long position = after == null ? 0 : after.position().orElse(0);
        return LogPages.stream(
                        "The log",
                        position,
                        LogRow::position,
                        last -> log.read(last, Long.MAX_VALUE, EventCriteria.ALL, Budget.PAGE))
                .map(row -> new TrackedDomainEventData<>(
                        GapAwareTrackingToken.newInstance(row.position(), Collections.emptySet()),
                        StoredEvent.of(row)));
    }

    @Override
    protected PreparedStatement lastSequenceNumberFor(Connection connection, String aggregateId) throws SQLException {
        PreparedStatement select = connection.prepareStatement("SELECT sequenceNumber FROM DomainEventEntry"
                + " WHERE aggregateIdentifier = ? ORDER BY sequenceNumber DESC LIMIT 1");
        select.setString(1, aggregateId);
        return select;
    }

    @Override
    protected PreparedStatement createTailToken(Connection connection) throws SQLException {
        return connection.prepareStatement("SELECT globalIndex - 1 FROM DomainEventEntry ORDER BY globalIndex LIMIT 1");
    }

    @Override
    protected PreparedStatement createHeadToken(Connection connection) throws SQLException {
        return connection.prepareStatement(
                "SELECT globalIndex FROM DomainEventEntry ORDER BY globalIndex DESC LIMIT 1");
    }

    @Override
    protected PreparedStatement createTokenAt(Connection connection, Instant dateTime) throws SQLException {
        PreparedStatement select = connection.prepareStatement("SELECT first - 1 FROM"
                + " (SELECT min(globalIndex) AS first FROM DomainEventEntry WHERE timeStamp >= ?)"
                + " WHERE first IS NOT NULL");
        select.setObject(1, Millis.of(dateTime));
        return select;
    }

    @Override
    protected void handlePersistenceException(Exception failure, EventMessage<?> event) {
        if (failure instanceof LogFault fault) {
            throw fault;
        }
        super.handlePersistenceException(failure, event);
    }
}
