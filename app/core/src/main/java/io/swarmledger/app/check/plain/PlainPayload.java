package io.swarmledger.app.check.plain;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What the payload of an event tells, field by field. Too many fields are passed over, missing ones are {@code null}; a
 * number that is written as text is a number, and the other way round.
 */
final class PlainPayload {

    /** The fields of each event: a text, a time or duration, a whole number, a list of texts, an object or any JSON. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry(
                    "agent:spawned",
                    "text:agentId text:role text:domain list:capabilities text:name text:parentAgentId"
                            + " text:model text:sessionId"),
            Map.entry("agent:started", "text:agentId time:startedAt"),
            Map.entry("agent:stopped", "text:agentId text:reason time:stoppedAt"),
            Map.entry("agent:failed", "text:agentId text:error text:stack time:failedAt"),
            Map.entry("agent:status-changed", "text:agentId text:previousStatus text:newStatus"),
            Map.entry("agent:task-assigned", "text:agentId text:taskId time:assignedAt"),
            Map.entry("agent:task-completed", "text:agentId text:taskId any:result time:completedAt time:duration"),
            Map.entry(
                    "agent:tool-called",
                    "text:agentId text:callId text:tool text:title text:taskId time:calledAt time:duration text:error"
                            + " whole:inputSize text:inputDigest whole:outputSize text:outputDigest any:input"
                            + " any:output"),
            Map.entry(
                    "agent:model-called",
                    "text:agentId text:callId text:model text:taskId time:calledAt time:duration whole:inputTokens"
                            + " whole:outputTokens whole:cacheReadTokens whole:cacheWriteTokens time:costUsd"
                            + " text:stopReason text:error"),
            Map.entry("agent:message-sent", "text:agentId text:to time:sentAt whole:size text:digest text:text"),
            Map.entry(
                    "task:created",
                    "text:taskId text:taskType text:title text:description text:priority list:dependencies"
                            + " time:createdAt text:parentTaskId"),
            Map.entry("task:queued", "text:taskId text:priority time:queuedAt"),
            Map.entry("task:started", "text:taskId text:agentId time:startedAt"),
            Map.entry("task:completed", "text:taskId any:result time:completedAt time:duration"),
            Map.entry("task:failed", "text:taskId text:error text:stack time:failedAt whole:retryCount"),
            Map.entry("task:cancelled", "text:taskId text:reason time:cancelledAt"),
            Map.entry("task:blocked", "text:taskId list:blockedBy time:blockedAt"),
            Map.entry(
                    "memory:stored", "text:memoryId text:namespace text:key text:memoryType whole:size time:storedAt"),
            Map.entry("memory:retrieved", "text:memoryId text:namespace text:key time:retrievedAt whole:accessCount"),
            Map.entry("memory:deleted", "text:memoryId text:namespace text:key time:deletedAt"),
            Map.entry("memory:expired", "text:memoryId text:namespace text:key time:expiredAt time:expiresAt"),
            Map.entry("swarm:initialized", "text:topology whole:maxAgents object:config time:initializedAt"),
            Map.entry("swarm:scaled", "whole:previousAgentCount whole:newAgentCount time:scaledAt text:reason"),
            Map.entry("swarm:terminated", "text:reason time:terminatedAt object:metrics"),
            Map.entry("swarm:phase-changed", "text:previousPhase text:newPhase time:changedAt"),
            Map.entry("swarm:milestone-reached", "text:milestoneId text:name time:reachedAt"),
            Map.entry("swarm:error", "text:error text:stack object:context time:errorAt"));

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final BigDecimal FIRST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LAST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final double LONGEST = 100_000_000 * 86_400_000d;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, JsonNode> told = new HashMap<>();

    private PlainPayload(String type, JsonNode payload) throws Unreadable {
        for (String field : FIELDS.get(type).split(" ")) {
            String kind = field.substring(0, field.indexOf(':'));
            String name = field.substring(field.indexOf(':') + 1);
            JsonNode value = payload.get(name);
            told.put(name, value == null || value.isNull() && !kind.equals("any") ? null : read(kind, name, value));
        }
    }

    /** The event types that begin with {@code feature} and a colon. */
    static Set<String> typesOf(String feature) {
        return FIELDS.keySet().stream()
                .filter(type -> type.startsWith(feature + ":"))
                .collect(Collectors.toSet());
    }

    static PlainPayload of(PlainEvent event, JsonMapper mapper) throws Unreadable {
        JsonNode payload;
        try {
            payload = mapper.readTree(event.payload());
        } catch (JacksonException noJson) {
            throw new Unreadable(noJson.getOriginalMessage());
        }
        if (!payload.isObject()) {
            throw new Unreadable("it is no object");
        }
        return new PlainPayload(event.type(), payload);
    }

    private static JsonNode read(String kind, String name, JsonNode value) throws Unreadable {
        JsonNode read =
                switch (kind) {
                    case "text" -> text(value);
                    case "time" -> time(value);
                    case "whole" -> whole(value);
                    case "list" -> list(value);
                    case "object" -> value.isObject() ? value : null;
                    default -> value;
                };
        if (read == null) {
            throw new Unreadable(name + " is no " + kind);
        }
        return read.isMissingNode() ? null : read;
    }

    private static JsonNode text(JsonNode value) {
        return value.isValueNode() ? NODES.stringNode(value.asString()) : null;
    }

    private static JsonNode time(JsonNode value) {
        BigDecimal number = number(value, NUMBER);
        if (number == null) {
            return isNothing(value) ? NODES.missingNode() : null;
        }
        double time = number.doubleValue();
        return Double.isFinite(time) ? NODES.numberNode(time) : null;
    }

    private static JsonNode whole(JsonNode value) {
        BigDecimal number = number(value, WHOLE);
        if (number == null) {
            return isNothing(value) ? NODES.missingNode() : null;
        }
        boolean fits = number.compareTo(FIRST_LONG) >= 0 && number.compareTo(LAST_LONG) <= 0;
        return fits ? NODES.numberNode(number.longValue()) : null;
    }

    private static BigDecimal number(JsonNode value, Pattern ifText) {
        if (value.isString()) {
            String text = value.stringValue().trim();
            return ifText.matcher(text).matches() ? new BigDecimal(text) : null;
        }
        return value.isNumber() ? value.decimalValue() : null;
    }

    /** Where a number belongs, text without anything in it stands for none. */
    private static boolean isNothing(JsonNode value) {
        return value.isString()
                && (value.stringValue().isBlank() || value.stringValue().trim().equals("null"));
    }

    private static JsonNode list(JsonNode value) {
        if (!value.isArray()) {
            return null;
        }
        ArrayNode texts = NODES.arrayNode();
        for (JsonNode item : value) {
            JsonNode text = item.isNull() ? item : text(item);
            if (text == null) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    /** What the field tells; {@code null} for nothing. */
    JsonNode of(String field) {
        return told.get(field);
    }

    /** The same of a duration; {@code null} too for one that cannot be: below 0, or longer than calendars reach. */
    JsonNode durationOf(String field) {
        JsonNode duration = told.get(field);
        return duration != null && duration.doubleValue() >= 0 && duration.doubleValue() <= LONGEST ? duration : null;
    }

    /** The same; the time of the event for nothing. */
    JsonNode timeOf(String field, PlainEvent event) {
        JsonNode time = of(field);
        return time != null ? time : NODES.numberNode(event.timestamp());
    }

    /** The same; a list of nothing for nothing. */
    JsonNode listOf(String field) {
        JsonNode list = of(field);
        return list != null ? list : NODES.arrayNode();
    }
}
