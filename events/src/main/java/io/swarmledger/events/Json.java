package io.swarmledger.events;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The one way in which the ledger writes and reads JSON: stored payloads, metadata, view rows and answers. */
public final class Json {

    /** 2^53: up to here a double tells every whole number from the next. */
    private static final double EXACT = 9_007_199_254_740_992d;

    /** From here on a double's own text has an exponent, which no epoch milliseconds should have. */
    private static final double PLAIN = 1e7;

    private static final JsonMapper MAPPER = configure(JsonMapper.builder()).build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Applies the ledger's rules to a mapper that somebody else builds. */
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        return builder.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addModule(new SimpleModule("swarm-ledger")
                        .addSerializer(Double.class, new WholeNumbersWithoutPoint())
                        .addSerializer(Double.TYPE, new WholeNumbersWithoutPoint()));
    }

    /** Times are doubles (see {@link LedgerEvent}) and whole ones are to look like the integers that they are. */
    private static final class WholeNumbersWithoutPoint extends ValueSerializer<Double> {

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
}
