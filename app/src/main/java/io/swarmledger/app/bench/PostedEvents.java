package io.swarmledger.app.bench;

import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;

/** Commands as the events that they ask for, in the shape in which events are posted. */
final class PostedEvents {

    private PostedEvents() {}

    static byte[] json(CommandMessage<LedgerCommand> message) {
        LedgerCommand command = message.getPayload();
        Envelope envelope = Envelope.of(message.getMetaData());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", command.eventType());
        event.put("aggregateId", command.aggregateId());
        event.put("source", envelope.source());
        event.put("causationId", envelope.causationId());
        event.put("correlationId", envelope.correlationId());
        event.put("metadata", envelope.metadata());
        event.put("payload", command.event());
        return Json.mapper().writeValueAsBytes(event);
    }
}
