package io.swarmledger.query.log;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.query.view.UnreadableEvent;
import java.time.Instant;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventData;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;

/** Reads rows of the log as events: upcast from the revision that they were stored in, then deserialized. */
public final class EventReader {

    private final Serializer serializer;
    private final EventUpcaster upcasters;

    public EventReader(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    /**
     * The events that a row of the log stands for: one, unless an upcaster says otherwise.
     *
     * @throws UnreadableEvent if it is of a known type and its payload cannot be read as one
     */
    public Stream<LedgerEvent> events(LogRow row) {
        EventData<String> stored = new GenericDomainEventEntry<>(
                row.aggregateType(),
                row.aggregateId(),
                row.version() - 1,
                row.id(),
                Instant.ofEpochMilli(row.timestamp().longValue()),
                row.type(),
                row.revision(),
                row.payload(),
                "{}");
        return upcasters
                .upcast(Stream.of(new InitialEventRepresentation(stored, serializer)))
                .map(upcast -> readable(serializer.deserialize(upcast.getData()), stored));
    }

    private static LedgerEvent readable(LedgerEvent event, EventData<?> stored) {
        if (event instanceof OpaqueEvent opaque) {
            opaque.unreadableBecause().ifPresent(defect -> {
                throw new UnreadableEvent(opaque.type(), stored.getEventIdentifier(), defect);
            });
        }
        return event;
    }
}
