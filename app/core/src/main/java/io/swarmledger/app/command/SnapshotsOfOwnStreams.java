package io.swarmledger.app.command;

import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.AggregateTypes;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots of aggregates, each of its own streams alone. Streams are read by id, so that a command of
 * another type on that id, refused as it is, has read the stream too and makes a snapshot due: it would claim the stream
 * for the wrong type.
 *
 * <p>A snapshot is that of the aggregate which the command that made it due has just changed and still holds; to read its
 * events again, as Axon does, took a third of the time of all commands. Only after a command that failed it is read.
 */
public final class SnapshotsOfOwnStreams extends AggregateSnapshotter {

    private static final String TAKEN = SnapshotsOfOwnStreams.class.getName() + ":";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotsOfOwnStreams.class);

    private final AggregateTypes types;
    private final AggregateCaches caches;
    private final Serializer serializer;

    private SnapshotsOfOwnStreams(
            Builder builder, AggregateTypes types, AggregateCaches caches, Serializer serializer) {
        super(builder);
        this.types = types;
        this.caches = caches;
        this.serializer = serializer;
    }

    /**
     * A snapshotter with what {@code builder} says.
     *
     * @param types the aggregates that it makes snapshots of
     * @param serializer that of the event store's snapshots
     */
    public static SnapshotsOfOwnStreams of(
            Builder builder, AggregateTypes types, AggregateCaches caches, Serializer serializer) {
        types.all().forEach(type -> builder.aggregateFactories(new GenericAggregateFactory<>(type.root())));
        return new SnapshotsOfOwnStreams(builder, types, caches, serializer);
    }

    @Override
    public void scheduleSnapshot(Class<?> aggregate, String id) {
        if (!CurrentUnitOfWork.isStarted()) {
            super.scheduleSnapshot(aggregate, id);
        } else if (CurrentUnitOfWork.get().phase().isBefore(UnitOfWork.Phase.COMMIT)) {
            CurrentUnitOfWork.get().afterCommit(committed -> take(aggregate, id, committed));
        } else {
            take(aggregate, id, CurrentUnitOfWork.get());
        }
    }

    /**
     * Takes one of that stream as it is now, however short it is; it is stored when this returns.
     *
     * @param type of the stream
     */
    public void takeNow(AggregateType type, String id) {
        DomainEventMessage<?> snapshot =
                super.createSnapshot(type.root(), id, getEventStore().readEvents(id));
        getEventStore().storeSnapshot(snapshot);
    }

    /** Loading a long history makes a snapshot due many times over; it is taken once. */
    private void take(Class<?> aggregate, String id, UnitOfWork<?> command) {
        if (command.root().resources().putIfAbsent(TAKEN + id, aggregate) == null) {
            inMemory(aggregate, id).ifPresentOrElse(this::store, () -> super.scheduleSnapshot(aggregate, id));
        }
    }

    /** The aggregate as it is, unless its command failed. No other command has it before this one has ended. */
    private Optional<DomainEventMessage<?>> inMemory(Class<?> aggregate, String id) {
        return types.of(aggregate)
                .map(type -> caches.of(type).<String, AggregateCacheEntry<?>>get(id))
                .map(entry -> entry.recreateAggregate(null, null, null))
                .map(this::serialized);
    }

    private DomainEventMessage<?> serialized(EventSourcedAggregate<?> aggregate) {
        DomainEventMessage<?> snapshot = new GenericDomainEventMessage<>(
                aggregate.type(), aggregate.identifierAsString(), aggregate.version(), aggregate.getAggregateRoot());
        // The message keeps what it was serialised to, and the next command may change the aggregate.
        snapshot.serializePayload(serializer, String.class);
        return snapshot;
    }

    private void store(DomainEventMessage<?> snapshot) {
        getExecutor().execute(() -> {
            try {
                getEventStore().storeSnapshot(snapshot);
            } catch (RuntimeException failure) {
                LOG.warn(
                        "The snapshot of {} {} is not stored: {}",
                        snapshot.getType(),
                        snapshot.getAggregateIdentifier(),
                        failure.getMessage());
            }
        });
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected DomainEventMessage createSnapshot(Class<?> aggregate, String id, DomainEventStream events) {
        boolean own = types.of(aggregate)
                .filter(type -> type.type().equals(events.peek().getType()))
                .isPresent();
        return own ? super.createSnapshot(aggregate, id, events) : null;
    }
}
