package io.swarmledger.events;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.ContentTypeConverter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.ContextAttributes;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.POJONode;

/**
 * Axon's JSON serializer, with stable names in place of class names.
 *
 * <p>Every event can be read. A name that is not registered is an event type that the ledger does not know; such an
 * event, and one whose payload does not fit its type, becomes an {@link OpaqueEvent} that writes itself back to the
 * character.
 */
public final class LedgerSerializer extends Jackson3Serializer {

    private final StoredTypes types;
    private final Supplier<Map<String, Class<?>>> declared;

    private LedgerSerializer(Builder builder, StoredTypes types, Supplier<Map<String, Class<?>>> declared) {
        super(builder);
        this.types = types;
        this.declared = declared;
    }

    /** A serializer for these types and no others. Private fields are state: aggregates need no getters to be stored. */
    public static LedgerSerializer of(StoredTypes types) {
        return ofApplication(types, Map::of);
    }

    /**
     * A serializer for what an application keeps in stores of its own, such as sagas, and what a reset is for: these types
     * have their names, and what it declares has that of its class. No other class is ever loaded.
     *
     * @param declared classes by their names, asked for when something has no stable name
     */
    public static LedgerSerializer ofApplication(StoredTypes types, Supplier<Map<String, Class<?>>> declared) {
        AtomicReference<LedgerSerializer> itself = new AtomicReference<>();
        Builder builder = Jackson3Serializer.builder()
                .lenientDeserialization()
                .jsonMapperBuilderCustomizer(mapper -> Json.configure(mapper)
                        .addModule(Json.numbersAsGiven())
                        .addModule(
                                new SimpleModule("finite numbers").addDeserializer(Double.class, new FiniteNumbers()))
                        .addMixIn(ReplayToken.class, ReplayTokenWithStableNames.class)
                        .addMixIn(MergedTrackingToken.class, MergedTokenWithStableNames.class)
                        .defaultAttributes(
                                ContextAttributes.getEmpty().withSharedAttribute(StableNames.SERIALIZER, itself))
                        .changeDefaultVisibility(
                                checker -> checker.withVisibility(PropertyAccessor.FIELD, Visibility.ANY)));
        itself.set(new LedgerSerializer(builder, types, declared));
        return itself.get();
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> representation) {
        if (object instanceof OpaqueEvent opaque) {
            T content = getConverter()
                    .convert(opaque.payload().getBytes(StandardCharsets.UTF_8), byte[].class, representation);
            return new SimpleSerializedObject<>(
                    content, representation, new SimpleSerializedType(opaque.type(), opaque.revision()));
        }
        return super.serialize(object, representation);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S, T> T deserialize(SerializedObject<S> stored) {
        if (stored.getData() instanceof StoredEnvelope envelope) {
            return (T) MetaData.from(envelope.toMetaData());
        }
        String name = stored.getType().getName();
        if (!isEventType(stored.getType())) {
            return super.deserialize(stored);
        }
        Class<?> type = classForType(stored.getType());
        if (OpaqueEvent.class.equals(type)) {
            return (T) OpaqueEvent.unknown(name, stored.getType().getRevision(), text(stored));
        }
        try {
            T event = stored.getData() instanceof String json
                    ? (T) getReader(type).readValue(json)
                    : super.deserialize(stored);
            return event != null ? event : (T) unreadable(stored, "the payload is null");
        } catch (JacksonException defect) {
            return (T) unreadable(stored, Json.reason(defect));
        } catch (SerializationException defect) {
            return (T) unreadable(
                    stored,
                    defect.getCause() instanceof JacksonException cause ? Json.reason(cause) : defect.getMessage());
        }
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        if (SerializedType.emptyType().equals(type)) {
            return Void.class;
        }
        return types.classOf(type.getName())
                .orElseGet(() -> declared.get().getOrDefault(type.getName(), OpaqueEvent.class));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(Class type) {
        if (type == null || Void.class.equals(type) || Void.TYPE.equals(type)) {
            return SerializedType.emptyType();
        }
        Optional<SerializedType> named = types.typeOf((Class<?>) type);
        if (named.isEmpty() && declared.get().containsKey(type.getName())) {
            return super.typeForClass(type);
        }
        return named.orElseThrow(() -> new SerializationException(
                type.getName() + " is not a type that the ledger stores: it has no stable name"));
    }

    /**
     * Upcasters work on {@code JsonNode}s. Text that is no JSON passes through them as the text that it is, so that it
     * arrives in {@link #deserialize} and is kept there, instead of ending the stream that it is in.
     */
    @Override
    protected void registerConverters(ChainingConverter converter) {
        super.registerConverters(converter);
        converter.registerConverter(new StringToJsonNode(getObjectMapper()));
        converter.registerConverter(new JsonNodeToString(getObjectMapper()));
        converter.registerConverter(new EnvelopeToBytes(getObjectMapper()));
    }

    /** An event that is put aside unread, as a dead letter is, is written with the metadata that a message has. */
    private record EnvelopeToBytes(ObjectMapper mapper) implements ContentTypeConverter<StoredEnvelope, byte[]> {

        @Override
        public Class<StoredEnvelope> expectedSourceType() {
            return StoredEnvelope.class;
        }

        @Override
        public Class<byte[]> targetType() {
            return byte[].class;
        }

        @Override
        public byte[] convert(StoredEnvelope envelope) {
            return mapper.writeValueAsBytes(envelope.toMetaData());
        }
    }

    private record StringToJsonNode(ObjectMapper mapper) implements ContentTypeConverter<String, JsonNode> {

        @Override
        public Class<String> expectedSourceType() {
            return String.class;
        }

        @Override
        public Class<JsonNode> targetType() {
            return JsonNode.class;
        }

        @Override
        public JsonNode convert(String json) {
            try {
                return mapper.readTree(json);
            } catch (JacksonException noJson) {
                return new POJONode(json);
            }
        }
    }

    private record JsonNodeToString(ObjectMapper mapper) implements ContentTypeConverter<JsonNode, String> {

        @Override
        public Class<JsonNode> expectedSourceType() {
            return JsonNode.class;
        }

        @Override
        public Class<String> targetType() {
            return String.class;
        }

        @Override
        public String convert(JsonNode json) {
            return json instanceof POJONode asStored ? (String) asStored.getPojo() : mapper.writeValueAsString(json);
        }
    }

    private boolean isEventType(SerializedType type) {
        return types.classOf(type.getName())
                .map(LedgerEvent.class::isAssignableFrom)
                .orElseGet(() -> !SerializedType.emptyType().equals(type)
                        && !declared.get().containsKey(type.getName()));
    }

    private OpaqueEvent unreadable(SerializedObject<?> stored, String defect) {
        return OpaqueEvent.unreadable(
                stored.getType().getName(), stored.getType().getRevision(), text(stored), defect);
    }

    private String text(SerializedObject<?> stored) {
        return stored.getData() instanceof String text ? text : getConverter().convert(stored.getData(), String.class);
    }
}
