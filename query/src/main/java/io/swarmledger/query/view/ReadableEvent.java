package io.swarmledger.query.view;

import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.query.Recorded;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;

/** What a fold takes of a message: whoever reads ahead takes it out before it is folded. */
public record ReadableEvent(LedgerEvent event, Recorded recorded) {

    /**
     * That of a message whose payload is an event of the ledger.
     *
     * @throws UnreadableEvent if its payload could not be read
     */
    public static ReadableEvent of(DomainEventMessage<?> message) {
        LedgerEvent event = (LedgerEvent) message.getPayload();
        if (event instanceof OpaqueEvent opaque) {
            throw new UnreadableEvent(
                    opaque.type(),
                    message.getIdentifier(),
                    opaque.unreadableBecause().orElse("its type is unknown"));
        }
        double timestamp = timestamp(message);
        return new ReadableEvent(
                event,
                new Recorded(
                        message.getAggregateIdentifier(),
                        timestamp,
                        Envelope.swarmIdOf(message.getMetaData()),
                        message.getMetaData().get(Envelope.BELIEVED_AT) instanceof Number believedAt
                                ? believedAt.doubleValue()
                                : timestamp));
    }

    /** A time that cannot be believed may be none that an {@link Instant} can have. */
    private static double timestamp(DomainEventMessage<?> message) {
        if (message.getMetaData().get(Envelope.TIMESTAMP) instanceof Number told) {
            return told.doubleValue();
        }
        Instant time = message.getTimestamp();
        return time.getEpochSecond() * 1e3 + time.getNano() / 1e6;
    }
}
