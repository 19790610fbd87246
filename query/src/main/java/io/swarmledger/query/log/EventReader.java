package io.swarmledger.query.log;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Recorded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventData;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;

/** Reads rows of the log as events: upcast from the revision that they were stored in, then deserialized. */
public final class EventReader {

    /** What {@link #payload} and {@link #recorded} expect beside the columns of {@link RecordedEvent}. */
    static final String REVISION = "payloadRevision";

    private final Serializer serializer;
    private final EventUpcaster upcasters;

    public EventReader(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    /** The events that a row stands for: one, unless an upcaster says otherwise. */
    Stream<LedgerEvent> events(ResultSet row) throws SQLException {
        EventData<String> stored = new GenericDomainEventEntry<>(
                row.getString("type"),
                row.getString("aggregateIdentifier"),
                row.getLong("sequenceNumber"),
                row.getString("eventIdentifier"),
                Instant.ofEpochMilli((long) row.getDouble("timeStamp")),
                row.getString("payloadType"),
                row.getString(REVISION),
                row.getString("payload"),
                "{}");
        return upcasters
                .upcast(Stream.of(new InitialEventRepresentation(stored, serializer)))
                .map(upcast -> serializer.deserialize(upcast.getData()));
    }

    /** What a fold may know of the event in a row. */
    static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(row.getString("aggregateIdentifier"), row.getDouble("timeStamp"), row.getString("swarmId"));
    }
}
