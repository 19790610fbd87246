package io.swarmledger.events.upcast;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.memory.MemoryStored;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A draft of {@code memory:stored} called {@code size} by its unit, {@code sizeBytes}. */
final class MemoryStored0To1 extends SingleEventUpcaster {

    private static final String NAME = EventTypes.nameOf(MemoryStored.class);
    private static final SerializedType FROM = new SimpleSerializedType(NAME, "0");
    private static final SerializedType TO = new SimpleSerializedType(NAME, "1");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation stored) {
        return FROM.equals(stored.getType());
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation stored) {
        return stored.upcastPayload(TO, JsonNode.class, MemoryStored0To1::upcast);
    }

    private static JsonNode upcast(JsonNode payload) {
        if (!(payload instanceof ObjectNode draft) || !draft.has("sizeBytes")) {
            return payload;
        }
        ObjectNode result = draft.deepCopy();
        result.set("size", result.remove("sizeBytes"));
        return result;
    }
}
