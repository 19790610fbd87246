package io.swarmledger.app.log;

import io.swarmledger.events.StoredEnvelope;
import io.swarmledger.query.log.LogRow;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;

/**
 * An event as its row tells it. Axon's own entry would write the time as text and read it again, and lose what is finer
 * than a millisecond.
 */
public record StoredEvent(
        String getType,
        String getAggregateIdentifier,
        long getSequenceNumber,
        String getEventIdentifier,
        Instant getTimestamp,
        String payloadType,
        String payloadRevision,
        String payload,
        StoredEnvelope envelope)
        implements DomainEventData<Object> {

    /** The event in a row of the log. */
    public static StoredEvent of(LogRow row) {
        return new StoredEvent(
                row.aggregateType(),
                // Only an event without an aggregate's type stands outside every aggregate; an id says nothing.
                row.aggregateType() == null ? null : row.aggregateId(),
                row.version() - 1,
                row.id(),
                Millis.toInstant(row.timestamp().doubleValue()),
                row.type(),
                row.revision(),
                row.payload(),
                new StoredEnvelope(
                        row.believedAt() == null ? null : row.timestamp().doubleValue(),
                        row.source(),
                        row.causationId(),
                        row.correlationId(),
                        row.metadata(),
                        row.recordedBy(),
                        row.swarmId(),
                        row.believedAt()));
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public SerializedObject<Object> getPayload() {
        return new SimpleSerializedObject<>(payload, (Class) String.class, payloadType, payloadRevision);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public SerializedObject<Object> getMetaData() {
        return new SerializedMetaData<>(envelope, (Class) StoredEnvelope.class);
    }
}
