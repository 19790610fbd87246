package io.swarmledger.app.log;

import io.swarmledger.events.StoredEnvelope;
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
