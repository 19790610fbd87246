package io.swarmledger.app.recorder;

import io.swarmledger.events.Envelope;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Facts as JSON: an event as the ledger shows events everywhere, but for its version and position, which it has not yet. */
public final class FactJson {

    /** Numbers keep the digits that they have. */
    private static final JsonMapper EXACT = Json.mapper()
            .rebuild()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private FactJson() {}

    /** In one line. */
    public static String write(Fact fact) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", fact.id());
        json.put("type", fact.type());
        json.put("aggregateId", fact.aggregateId());
        json.put("aggregateType", fact.aggregateType());
        if (fact.timestamp() != null) {
            json.put("timestamp", fact.timestamp());
        }
        json.put("source", fact.source());
        json.set("payload", fact.payload());
        json.set("metadata", EXACT.readTree(Json.mapper().writeValueAsString(fact.metadata())));
        putIfGiven(json, "causationId", fact.causationId());
        putIfGiven(json, "correlationId", fact.correlationId());
        return Json.mapper().writeValueAsString(json);
    }

    private static void putIfGiven(ObjectNode json, String field, String value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    /**
     * The fact in a line.
     *
     * @throws IllegalArgumentException why there is none; it continues a sentence that begins with where the line is
     */
    public static Fact read(String line) {
        try {
            if (EXACT.readTree(line) instanceof ObjectNode json) {
                return read(json);
            }
        } catch (JacksonException noJson) {
            throw new IllegalArgumentException("is no JSON: " + Json.reason(noJson));
        }
        throw new IllegalArgumentException("is no JSON object");
    }

    private static Fact read(ObjectNode json) {
        String type = text(json, "type", null);
        return new Fact(
                required(json, "id"),
                required(json, "type"),
                text(json, "aggregateType", type == null ? null : EventTypes.kindOf(type)),
                required(json, "aggregateId"),
                timestamp(json.path("timestamp")),
                text(json, "source", Envelope.DEFAULT_SOURCE),
                payload(json.path("payload")),
                metadata(json.path("metadata")),
                text(json, "causationId", null),
                text(json, "correlationId", null));
    }

    private static String required(ObjectNode json, String field) {
        String text = text(json, field, null);
        if (text == null) {
            throw new IllegalArgumentException("has no " + field);
        }
        return text;
    }

    private static String text(ObjectNode json, String field, String otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isString()) {
            throw new IllegalArgumentException("has a " + field + " that is no text");
        }
        return value.stringValue();
    }

    private static Double timestamp(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException("has a timestamp that is no number of milliseconds");
        }
        return value.doubleValue();
    }

    private static ObjectNode payload(JsonNode value) {
        if (value instanceof ObjectNode payload) {
            return payload;
        }
        throw new IllegalArgumentException("has a payload that is no JSON object");
    }

    private static Map<String, Object> metadata(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw new IllegalArgumentException("has metadata that is no JSON object");
        }
        return new LinkedHashMap<>(Json.mapper().readValue(Json.mapper().writeValueAsString(value), OBJECT));
    }
}
