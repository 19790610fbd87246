package io.swarmledger.app.view;

import io.swarmledger.app.log.EventRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Histories that keep to no rule: every event in any order, ids shared by all types, unknown types, fields that are
 * missing or null, payloads that cannot be read, times that are equal or go back.
 */
public final class RandomHistory {

    /** The fields of each event: {@code t} a time or duration, {@code n} a whole number, {@code s} text, {@code l} ids, {@code j} any JSON, {@code c} money, {@code i} the id of a stream. */
    static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry(
                    "agent:spawned",
                    "s:agentId s:role s:domain l:capabilities s:name s:parentAgentId s:model s:sessionId"),
            Map.entry("agent:started", "s:agentId t:startedAt"),
            Map.entry("agent:stopped", "s:agentId s:reason t:stoppedAt"),
            Map.entry("agent:failed", "s:agentId s:error s:stack t:failedAt"),
            Map.entry("agent:status-changed", "s:agentId s:previousStatus s:newStatus"),
            Map.entry("agent:task-assigned", "s:agentId s:taskId t:assignedAt"),
            Map.entry("agent:task-completed", "s:agentId s:taskId j:result t:completedAt t:duration"),
            Map.entry(
                    "task:created",
                    "s:taskId s:taskType s:title s:description s:priority l:dependencies t:createdAt"
                            + " s:parentTaskId"),
            Map.entry(
                    "agent:tool-called",
                    "s:agentId s:callId s:tool s:title i:taskId t:calledAt t:duration s:error n:inputSize j:input"),
            Map.entry(
                    "agent:model-called",
                    "s:agentId s:callId s:model i:taskId t:calledAt t:duration n:inputTokens n:outputTokens"
                            + " n:cacheReadTokens n:cacheWriteTokens c:costUsd s:stopReason s:error"),
            Map.entry("agent:message-sent", "s:agentId s:to t:sentAt n:size s:digest s:text"),
            Map.entry("task:cancelled", "s:taskId s:reason t:cancelledAt"),
            Map.entry("task:queued", "s:taskId s:priority t:queuedAt"),
            Map.entry("task:started", "s:taskId s:agentId t:startedAt"),
            Map.entry("task:completed", "s:taskId j:result t:completedAt t:duration"),
            Map.entry("task:failed", "s:taskId s:error s:stack t:failedAt n:retryCount"),
            Map.entry("task:blocked", "s:taskId l:blockedBy t:blockedAt"),
            Map.entry("memory:stored", "s:memoryId s:namespace s:key s:memoryType n:size t:storedAt"),
            Map.entry("memory:retrieved", "s:memoryId s:namespace s:key t:retrievedAt n:accessCount"),
            Map.entry("memory:deleted", "s:memoryId s:namespace s:key t:deletedAt"),
            Map.entry("memory:expired", "s:memoryId s:namespace s:key t:expiredAt t:expiresAt"),
            Map.entry("swarm:initialized", "s:topology n:maxAgents j:config t:initializedAt"),
            Map.entry("swarm:scaled", "n:previousAgentCount n:newAgentCount t:scaledAt s:reason"),
            Map.entry("swarm:terminated", "s:reason t:terminatedAt j:metrics"),
            Map.entry("swarm:phase-changed", "s:previousPhase s:newPhase t:changedAt"),
            Map.entry("swarm:milestone-reached", "s:milestoneId s:name t:reachedAt"),
            Map.entry("swarm:error", "s:error s:stack j:context t:errorAt"));

    private static final List<String> BIRTHS =
            List.of("agent:spawned", "task:created", "memory:stored", "swarm:initialized");
    private static final List<String> UNKNOWN = List.of("agent:promoted", "robot:built", "memory:moved");
    private static final List<String> OBJECTS =
            List.of("{}", "{\"a\":1.0,\"b\":[null,\"x\"]}", "{\"deep\":{\"c\":0.25}}");

    private final Random random;
    private final Rows rows = new Rows();
    private final List<String> types;
    private double time = Rows.START;
    private String prefix;
    private int streams;

    public RandomHistory(Random random) {
        this.random = random;
        this.types = new ArrayList<>(FIELDS.keySet());
        Collections.sort(types);
    }

    /** So many events over so many streams. */
    public List<EventRow> events(String prefix, int streams, int events) {
        this.prefix = prefix;
        this.streams = streams;
        List<EventRow> history = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            String id = prefix + random.nextInt(streams);
            time += random.nextInt(10) < 7 ? random.nextInt(1_000) / 4.0 : -random.nextInt(500);
            if (random.nextInt(4) == 0) {
                time = Math.rint(time);
            }
            history.add(rows.next(id, type(), "", time, random.nextInt(3) == 0 ? "alpha" : "swarm", null));
            EventRow row = history.get(i);
            history.set(i, withPayload(row, payload(row.eventType())));
        }
        return history;
    }

    private String type() {
        int kind = random.nextInt(100);
        if (kind < 12) {
            return BIRTHS.get(random.nextInt(BIRTHS.size()));
        }
        return kind < 15 ? UNKNOWN.get(random.nextInt(UNKNOWN.size())) : types.get(random.nextInt(types.size()));
    }

    private String payload(String type) {
        if (random.nextInt(400) == 0) {
            return List.of("no JSON", "null", "[]", "{\"agentId\":").get(random.nextInt(4));
        }
        List<String> fields = new ArrayList<>();
        for (String field : FIELDS.getOrDefault(type, "s:what").split(" ")) {
            int told = random.nextInt(10);
            if (told > 1) {
                fields.add("\"" + field.substring(2) + "\":" + (told == 2 ? "null" : value(field.charAt(0))));
            }
        }
        fields.add("\"extra\":true");
        Collections.shuffle(fields, random);
        return "{" + String.join(",", fields) + "}";
    }

    private String value(char kind) {
        return switch (kind) {
            case 'c' -> List.of("0.25", "1", "-0.5", "0").get(random.nextInt(4));
            case 'i' -> "\"" + prefix + random.nextInt(streams) + "\"";
            case 't' -> random.nextBoolean() ? "" + (Rows.START + random.nextInt(50)) : random.nextInt(500) / 4.0 + "";
            case 'n' -> "" + random.nextInt(20);
            case 'l' -> List.of("[]", "[\"a\"]", "[\"b\",\"a\"]").get(random.nextInt(3));
            case 'j' -> OBJECTS.get(random.nextInt(OBJECTS.size()));
            default -> "\""
                    + List.of("idle", "active", "blocked", "x", "\u00fc'\\\"", "")
                            .get(random.nextInt(6)) + "\"";
        };
    }

    private static EventRow withPayload(EventRow row, String payload) {
        return new EventRow(
                row.eventId(),
                row.aggregateId(),
                row.sequenceNumber(),
                row.aggregateType(),
                row.timestamp(),
                row.eventType(),
                row.revision(),
                payload,
                row.metadata(),
                row.source(),
                row.causationId(),
                row.correlationId(),
                row.swarmId(),
                row.recordedBy());
    }
}
