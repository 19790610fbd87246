package io.swarmledger.app.command;

import io.swarmledger.commands.AggregateTypes;
import java.util.Arrays;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;

/**
 * Makes snapshots of the four aggregates, each of its own streams alone. Streams are read by id, so that a command of
 * another type on that id, refused as it is, has read the stream too and makes a snapshot due: it would claim the stream
 * for the wrong type.
 */
public final class SnapshotsOfOwnStreams extends AggregateSnapshotter {

    private SnapshotsOfOwnStreams(Builder builder) {
        super(builder);
    }

    /** A snapshotter with what {@code builder} says, for the aggregates of {@link AggregateTypes}. */
    public static SnapshotsOfOwnStreams of(Builder builder) throws AxonConfigurationException {
        Arrays.stream(AggregateTypes.values())
                .forEach(type -> builder.aggregateFactories(new GenericAggregateFactory<>(type.root())));
        return new SnapshotsOfOwnStreams(builder);
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected DomainEventMessage createSnapshot(Class<?> aggregate, String id, DomainEventStream events) {
        boolean own = Arrays.stream(AggregateTypes.values())
                .filter(type -> type.root().equals(aggregate))
                .anyMatch(type -> type.type().equals(events.peek().getType()));
        return own ? super.createSnapshot(aggregate, id, events) : null;
    }
}
