package io.swarmledger.app.command;

import io.swarmledger.app.log.Millis;
import io.swarmledger.events.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MetaData;

/** The caller's own event id and time replace those that the aggregate made. */
public final class CallersIdentity implements MessageDispatchInterceptor<EventMessage<?>> {

    private static final Set<String> CONSUMED = Set.of(Envelope.EVENT_ID, Envelope.TIMESTAMP);

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> events) {
        return (index, event) -> event instanceof DomainEventMessage<?> domain ? identified(domain) : event;
    }

    private static <T> DomainEventMessage<T> identified(DomainEventMessage<T> event) {
        Envelope envelope = Envelope.of(event.getMetaData());
        if (envelope.eventId() == null && envelope.timestamp() == null) {
            return event;
        }
        String id = envelope.eventId() != null ? envelope.eventId() : event.getIdentifier();
        Instant time = envelope.timestamp() != null ? Millis.toInstant(envelope.timestamp()) : event.getTimestamp();
        MetaData metaData = event.getMetaData().withoutKeys(CONSUMED);
        return new GenericDomainEventMessage<>(
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                new GenericMessage<>(id, event.getPayloadType(), event.getPayload(), metaData),
                time);
    }
}
