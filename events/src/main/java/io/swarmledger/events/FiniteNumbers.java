package io.swarmledger.events;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.NumberDeserializers;

/**
 * Times and durations that are numbers. Jackson takes {@code "NaN"} and {@code 1e999} for such too, and SQLite stores
 * the former as NULL: a view that cannot hold what an event tells could never go past it.
 */
final class FiniteNumbers extends NumberDeserializers.DoubleDeserializer {

    FiniteNumbers() {
        super(Double.class, null);
    }

    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) {
        Double number = super.deserialize(json, context);
        return number == null || Double.isFinite(number)
                ? number
                : (Double) context.handleWeirdNumberValue(Double.class, number, "it is not finite");
    }
}
