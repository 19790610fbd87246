package io.swarmledger.app.log.sqlite;

import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.upcast.Upcasters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.core.JacksonException;

/**
 * Whether each snapshot that commands would be decided by says what the aggregate's events say, read from the first one on.
 * Others are passed over by whoever loads them. One aggregate at a time is in memory, and of its events a page.
 */
final class SnapshotCheck {

    private static final int TOLD = 10;

    private final LedgerSerializer serializer;
    private final SqliteEventStorageEngine events;

    private SnapshotCheck(Connection log, AggregateTypes aggregates) {
        serializer = LedgerSerializer.of(aggregates.storedTypes());
        SingleConnectionDataSource connections = new SingleConnectionDataSource(log, true);
        JdbcEventStorageEngine.Builder builder = JdbcEventStorageEngine.builder()
                .connectionProvider(connections::getConnection)
                .transactionManager(NoTransactionManager.INSTANCE)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .upcasterChain(Upcasters.chain());
        builder.persistenceExceptionResolver(new SqliteErrors());
        this.events = new SqliteEventStorageEngine(builder, SqliteEventLog.at(connections), null, 0);
    }

    /** What is wrong, in words, for the first ones that are. */
    static List<String> of(Connection log, AggregateTypes aggregates) throws SQLException {
        SnapshotCheck check = new SnapshotCheck(log, aggregates);
        List<String> wrong = new ArrayList<>();
        try (PreparedStatement select = log.prepareStatement("SELECT aggregateIdentifier, sequenceNumber, type,"
                        + " payloadType, payloadRevision, payload FROM SnapshotEventEntry");
                ResultSet row = select.executeQuery()) {
            while (row.next() && wrong.size() < TOLD) {
                Optional<AggregateType> type = aggregates.of(row.getString(3));
                if (type.isPresent() && isOfToday(type.get(), row)) {
                    check.defect(type.get(), row).ifPresent(wrong::add);
                }
            }
        }
        return wrong;
    }

    private static boolean isOfToday(AggregateType type, ResultSet row) throws SQLException {
        return type.snapshotName().equals(row.getString(4))
                && Objects.equals(type.snapshotRevision(), row.getString(5));
    }

    private Optional<String> defect(AggregateType type, ResultSet row) throws SQLException {
        String id = row.getString(1);
        long sequenceNumber = row.getLong(2);
        String name = "snapshot of " + type.type() + " " + id + " at version " + (sequenceNumber + 1);
        String told;
        try {
            told = stateAt(type, id, sequenceNumber);
        } catch (RuntimeException unreadable) {
            // An event that cannot be read is no fault of the snapshot's; whoever needs it is told there.
            return Optional.empty();
        }
        if (told == null) {
            return Optional.empty();
        }
        try {
            boolean same = Json.mapper().readTree(told).equals(Json.mapper().readTree(row.getString(6)));
            return same ? Optional.empty() : Optional.of(name + ": does not say what its events say");
        } catch (JacksonException unreadable) {
            return Optional.of(name + ": cannot be read: " + Json.reason(unreadable));
        }
    }

    /** As its snapshot would be stored; {@code null} if the stream is of another type, or not so long. */
    private String stateAt(AggregateType type, String id, long sequenceNumber) {
        DomainEventStream stream =
                events.readEvents(id, 0).filter(event -> event.getSequenceNumber() <= sequenceNumber);
        if (!stream.hasNext() || !type.type().equals(stream.peek().getType())) {
            return null;
        }
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        try {
            EventSourcedAggregate<LedgerAggregate> aggregate = begun(type, id, stream.peek());
            aggregate.initializeState(stream);
            return aggregate.version() == sequenceNumber
                    ? serializer
                            .serialize(aggregate.getAggregateRoot(), String.class)
                            .getData()
                    : null;
        } finally {
            unitOfWork.rollback();
        }
    }

    @SuppressWarnings("unchecked")
    private static EventSourcedAggregate<LedgerAggregate> begun(
            AggregateType type, String id, DomainEventMessage<?> first) {
        AggregateModel<LedgerAggregate> model =
                AnnotatedAggregateMetaModelFactory.inspectAggregate((Class<LedgerAggregate>) type.root());
        return EventSourcedAggregate.initialize(
                new GenericAggregateFactory<>(model).createAggregateRoot(id, first),
                model,
                SimpleEventBus.builder().build(),
                NoSnapshotTriggerDefinition.TRIGGER);
    }
}
