package io.swarmledger.app.check.plain;

import java.math.BigInteger;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What calls of tools and models come to. What cannot be a count, or a sum of money, is not counted. */
final class PlainCalls {

    /** The event types of calls. */
    static final List<String> TYPES = List.of("agent:tool-called", "agent:model-called");

    private static final List<String> COUNTED = List.of(
            "toolCalls",
            "toolFailures",
            "modelCalls",
            "inputTokens",
            "outputTokens",
            "cacheReadTokens",
            "cacheWriteTokens");

    private static final List<String> TOKENS =
            List.of("inputTokens", "outputTokens", "cacheReadTokens", "cacheWriteTokens");

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private PlainCalls() {}

    /** Of a thing that begins nothing was called yet. */
    static void begin(ObjectNode it) {
        COUNTED.forEach(field -> it.put(field, 0L));
        it.putNull("costUsd");
    }

    /** Adds a call of a tool or a model; anything else adds nothing. */
    static void add(ObjectNode it, String type, PlainPayload told) {
        if (type.equals("agent:tool-called")) {
            PlainFold.count(it, "toolCalls");
            if (told.of("error") != null) {
                PlainFold.count(it, "toolFailures");
            }
        } else if (type.equals("agent:model-called")) {
            PlainFold.count(it, "modelCalls");
            TOKENS.forEach(field -> addTokens(it, field, told.of(field)));
            addCost(it, told.of("costUsd"));
        }
    }

    private static void addTokens(ObjectNode it, String field, JsonNode more) {
        if (more != null && more.longValue() >= 0) {
            BigInteger sum = BigInteger.valueOf(it.get(field).longValue()).add(BigInteger.valueOf(more.longValue()));
            it.put(field, sum.min(MOST).longValue());
        }
    }

    private static void addCost(ObjectNode it, JsonNode more) {
        if (more != null && more.doubleValue() >= 0) {
            double before = PlainFold.has(it, "costUsd") ? it.get("costUsd").doubleValue() : 0;
            it.put("costUsd", PlainFold.finite(before + more.doubleValue()));
        }
    }
}
