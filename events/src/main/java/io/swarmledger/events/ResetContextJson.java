package io.swarmledger.events;

import org.axonframework.serialization.SimpleSerializedType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** What a reset is for, as {@code {NAME: value}}: any object, a text or a number too. */
final class ResetContextJson {

    private ResetContextJson() {}

    static final class Write extends StdSerializer<Object> {

        Write() {
            super(Object.class);
        }

        @Override
        public void serialize(Object value, JsonGenerator json, SerializationContext context) {
            json.writeStartObject();
            json.writeName(StableNames.serializer(context)
                    .typeForClass(value.getClass())
                    .getName());
            context.writeValue(json, value);
            json.writeEndObject();
        }
    }

    static final class Read extends StdDeserializer<Object> {

        Read() {
            super(Object.class);
        }

        @Override
        public Object deserialize(JsonParser json, DeserializationContext context) {
            JsonNode named = context.readTree(json);
            if (named.size() != 1) {
                return context.reportInputMismatch(this, "What a reset is for has one name, not %d", named.size());
            }
            String name = named.propertyNames().iterator().next();
            Class<?> type = StableNames.serializer(context).classForType(new SimpleSerializedType(name, null));
            if (type == OpaqueEvent.class) {
                return context.reportInputMismatch(this, "A reset was for a %s, which is not known here", name);
            }
            return context.readTreeAsValue(named.get(name), type);
        }
    }
}
