package io.swarmledger.app.log;

import io.swarmledger.query.log.LogRow;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Makes of rows of the log the messages that Axon's event processors take. What a payload says is read when it is asked. */
public class RowMessages {

    private final Serializer serializer;
    private final EventUpcaster upcasters;

    public RowMessages(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    /** The messages that a row stands for: one, unless an upcaster says otherwise. */
    public List<? extends TrackedEventMessage<?>> of(LogRow row) {
        return EventUtils.upcastAndDeserializeTrackedEvents(
                        Stream.of(new TrackedDomainEventData<>(token(row.position()), StoredEvent.of(row))),
                        serializer,
                        upcasters)
                .toList();
    }

    /** Where somebody is who has seen everything up to {@code position}. */
    static GapAwareTrackingToken token(long position) {
        return GapAwareTrackingToken.newInstance(position, List.of());
    }
}
