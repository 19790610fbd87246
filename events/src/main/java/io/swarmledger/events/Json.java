package io.swarmledger.events;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** The one way in which the ledger writes and reads JSON: stored payloads, metadata, view rows and answers. */
public final class Json {

    /** 2^53: up to here a double tells every whole number from the next. */
    private static final double EXACT = 9_007_199_254_740_992d;

    /** From here on a double's own text has an exponent, which no epoch milliseconds should have. */
    private static final double PLAIN = 1e7;

    /** Where the parser is in its own source, and what would have it take what it does not: nobody's who wrote the JSON. */
    private static final Pattern OF_THE_PARSER =
            Pattern.compile(" ?\\([\\w ]*at \\[Source: [^]]*]\\)| ?at \\[Source: [^]]*]"
                    + "|,? ?(?:from )?\\(?`StreamReadConstraints[^`]*`"
                    + "|: enable `[^`]*` to allow"
                    + "| ?\\(not recognized as one since Feature [^)]*\\)"
                    + "| ?\\(consider enabling .*\\)\\)"
                    + "|`");

    private static final JsonMapper MAPPER = configure(JsonMapper.builder()).build();

    private static final JsonMapper GIVEN =
            MAPPER.rebuild().addModule(numbersAsGiven()).build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Applies the ledger's rules to a mapper that somebody else builds. */
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        return builder.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addModule(new SimpleModule("swarm-ledger")
                        .addDeserializer(Object.class, new AnyAsWritten())
                        .addSerializer(WrittenNumber.class, new AsWritten())
                        .addSerializer(Double.class, new WholeNumbersWithoutPoint())
                        .addSerializer(Double.TYPE, new WholeNumbersWithoutPoint()));
    }

    /** Why a text is no JSON, or not such as was wanted, for whoever wrote it. */
    public static String reason(JacksonException defect) {
        return OF_THE_PARSER.matcher(defect.getOriginalMessage()).replaceAll("");
    }

    /** What a caller gave, to be stored: its numbers keep the point that they have. */
    public static String written(Object given) {
        return GIVEN.writeValueAsString(given);
    }

    /** Where a field takes whatever a caller fills it with, a {@code double} is no time, and 1.0 stays what it is. */
    static SimpleModule numbersAsGiven() {
        return new SimpleModule("numbers as given").addSerializer(Double.class, new NumbersAsGiven());
    }

    /**
     * Whether two values that were read as {@code Object} say the same: numbers in whatever digits, names in whatever
     * order.
     */
    public static boolean same(Object one, Object other) {
        if (one instanceof Number number && other instanceof Number second) {
            return WrittenNumber.same(number, second);
        }
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> second) {
            return map.keySet().equals(second.keySet())
                    && map.entrySet().stream().allMatch(entry -> same(entry.getValue(), second.get(entry.getKey())));
        }
        if (one instanceof List<?> list && other instanceof List<?> second) {
            return list.size() == second.size() && sameItems(list, second);
        }
        return Objects.equals(one, other);
    }

    private static boolean sameItems(List<?> one, List<?> other) {
        var others = other.iterator();
        return one.stream().allMatch(item -> same(item, others.next()));
    }

    /**
     * JSON that a caller may fill with whatever: maps, lists, texts, truth values, and numbers whose digits are kept. A
     * whole number has one way to be written, but for the negative zero.
     */
    private static final class AnyAsWritten extends StdDeserializer<Object> {

        private static final String NEGATIVE_ZERO = "-0";

        AnyAsWritten() {
            super(Object.class);
        }

        @Override
        public Object deserialize(JsonParser json, DeserializationContext context) {
            switch (json.currentToken()) {
                case START_OBJECT:
                    json.nextToken();
                    return object(json, context);
                case PROPERTY_NAME:
                    return object(json, context);
                case START_ARRAY:
                    List<Object> items = new ArrayList<>();
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        items.add(deserialize(json, context));
                    }
                    return items;
                case VALUE_NUMBER_INT:
                    return whole(json);
                case VALUE_NUMBER_FLOAT:
                    return new WrittenNumber(json.getString());
                case VALUE_EMBEDDED_OBJECT:
                    return json.getEmbeddedObject();
                case VALUE_TRUE:
                    return true;
                case VALUE_FALSE:
                    return false;
                case VALUE_NULL:
                    return null;
                default:
                    return json.getString();
            }
        }

        private Map<String, Object> object(JsonParser json, DeserializationContext context) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (json.currentToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                object.put(name, deserialize(json, context));
                json.nextToken();
            }
            return object;
        }

        private static Number whole(JsonParser json) {
            return json.getString().equals(NEGATIVE_ZERO) ? new WrittenNumber(NEGATIVE_ZERO) : json.getNumberValue();
        }

        @Override
        public Object deserializeWithType(JsonParser json, DeserializationContext context, TypeDeserializer types) {
            return types.deserializeTypedFromAny(json, context);
        }
    }

    private static final class AsWritten extends ValueSerializer<WrittenNumber> {

        @Override
        public void serialize(WrittenNumber value, JsonGenerator json, SerializationContext context) {
            json.writeNumber(value.toString());
        }
    }

    /** Times are doubles (see {@link LedgerEvent}) and whole ones are to look like the integers that they are. */
    private static class WholeNumbersWithoutPoint extends ValueSerializer<Double> {

        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            double number = value;
            if (number == Math.rint(number) && Math.abs(number) <= EXACT) {
                json.writeNumber((long) number);
            } else if (Math.abs(number) >= PLAIN && Math.abs(number) <= EXACT) {
                json.writeNumber(BigDecimal.valueOf(number));
            } else {
                json.writeNumber(number);
            }
        }
    }

    private static final class NumbersAsGiven extends ValueSerializer<Double> {

        @Override
        public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
            return property != null && property.getType().hasRawClass(Double.class)
                    ? new WholeNumbersWithoutPoint()
                    : this;
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            json.writeNumber(value);
        }
    }
}
