package io.swarmledger.app.http.stream;

import io.swarmledger.events.Json;
import io.swarmledger.query.log.RecordedEvent;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.ObjectWriter;

/**
 * An event as it goes over the wire, made once for all who follow. It has no name of its own, so that an {@code
 * EventSource} hands it to {@code onmessage}; its id is its position.
 */
record Frame(RecordedEvent event, byte[] bytes) {

    private static final ObjectWriter EVENTS = Json.mapper().writerFor(RecordedEvent.class);

    static Frame of(RecordedEvent event) {
        // Stored JSON may have line ends between its values; inside texts they are escaped.
        String json = EVENTS.writeValueAsString(event).replace('\n', ' ').replace('\r', ' ');
        String frame = "id:" + event.position() + "\ndata:" + json + "\n\n";
        return new Frame(withoutContent(event), frame.getBytes(StandardCharsets.UTF_8));
    }

    /** A filter asks for none of it, and it is in the bytes. */
    private static RecordedEvent withoutContent(RecordedEvent event) {
        return new RecordedEvent(
                event.position(),
                event.id(),
                event.type(),
                event.aggregateId(),
                event.aggregateType(),
                event.version(),
                event.timestamp(),
                event.source(),
                null,
                null,
                event.causationId(),
                event.correlationId(),
                event.swarmId(),
                event.recordedAt(),
                event.recordedBy());
    }

    long position() {
        return event.position();
    }

    /** Something else than an event of the ledger: it has a name, and no id. */
    static byte[] named(String name, Object data) {
        return ("event:" + name + "\ndata:" + Json.mapper().writeValueAsString(data) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A comment. With a position it is one without data: what is sent as {@code Last-Event-ID} moves on, nobody is told. */
    static byte[] heartbeat(Long position) {
        return (position == null ? ":\n\n" : ":\nid:" + position + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }
}
