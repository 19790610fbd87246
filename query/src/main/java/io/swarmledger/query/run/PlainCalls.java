package io.swarmledger.query.run;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.query.log.LogRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads calls without what went into them and came of them: most events of a run are calls, and most of what these hold is that.
 * What is not plainly one is left to whoever reads all kinds of events, in all their shapes.
 */
final class PlainCalls {

    private static final Set<String> TEXTS = Set.of(
            "agentId",
            "callId",
            "tool",
            "model",
            "title",
            "taskId",
            "error",
            "inputDigest",
            "outputDigest",
            "stopReason");

    private static final Set<String> NUMBERS = Set.of("calledAt", "duration", "costUsd");

    private static final Set<String> COUNTS =
            Set.of("inputSize", "outputSize", "inputTokens", "outputTokens", "cacheReadTokens", "cacheWriteTokens");

    private static final String TOOL_REVISION = EventTypes.revisionOf(AgentToolCalled.class);
    private static final String MODEL_REVISION = EventTypes.revisionOf(AgentModelCalled.class);

    private PlainCalls() {}

    /** The call that a row tells of, its input and output left out; {@code null} if it is not plainly one. */
    static LedgerEvent of(LogRow row) {
        boolean isTool = row.type().equals(RunStep.TOOL_CALLED) && TOOL_REVISION.equals(row.revision());
        boolean isModel = row.type().equals(RunStep.MODEL_CALLED) && MODEL_REVISION.equals(row.revision());
        Map<String, Object> told = isTool || isModel ? told(row.payload()) : null;
        return told == null ? null : isTool ? ofTool(told) : ofModel(told);
    }

    private static AgentToolCalled ofTool(Map<String, Object> told) {
        return new AgentToolCalled(
                null,
                null,
                (String) told.get("tool"),
                (String) told.get("title"),
                (String) told.get("taskId"),
                null,
                (Double) told.get("duration"),
                (String) told.get("error"),
                null,
                (String) told.get("inputDigest"),
                null,
                null,
                null,
                null);
    }

    private static AgentModelCalled ofModel(Map<String, Object> told) {
        return new AgentModelCalled(
                null,
                null,
                (String) told.get("model"),
                (String) told.get("taskId"),
                null,
                (Double) told.get("duration"),
                (Long) told.get("inputTokens"),
                (Long) told.get("outputTokens"),
                (Long) told.get("cacheReadTokens"),
                (Long) told.get("cacheWriteTokens"),
                (Double) told.get("costUsd"),
                (String) told.get("stopReason"),
                (String) told.get("error"));
    }

    private static Map<String, Object> told(String payload) {
        try (JsonParser json = Json.mapper().createParser(payload)) {
            Map<String, Object> told = new HashMap<>();
            boolean isPlain = json.nextToken() == JsonToken.START_OBJECT;
            while (isPlain && json.nextToken() == JsonToken.PROPERTY_NAME) {
                isPlain = isPlain(json.currentName(), json, told);
            }
            return isPlain && json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null ? told : null;
        } catch (JacksonException otherwise) {
            return null;
        }
    }

    /** Whether that is what it usually is, and told once; what nobody needs is passed over. */
    private static boolean isPlain(String name, JsonParser json, Map<String, Object> told) {
        JsonToken token = json.nextToken();
        Object value = null;
        if (TEXTS.contains(name)) {
            value = token == JsonToken.VALUE_STRING ? json.getString() : null;
        } else if (NUMBERS.contains(name)) {
            value = token.isNumeric() && Double.isFinite(json.getDoubleValue()) ? (Double) json.getDoubleValue() : null;
        } else if (COUNTS.contains(name)) {
            value = token == JsonToken.VALUE_NUMBER_INT ? (Long) json.getLongValue() : null;
        } else {
            json.skipChildren();
            return true;
        }
        boolean isTwice = told.containsKey(name);
        told.put(name, value);
        return !isTwice && (value != null || token == JsonToken.VALUE_NULL);
    }
}
