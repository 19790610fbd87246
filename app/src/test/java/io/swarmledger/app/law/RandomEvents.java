package io.swarmledger.app.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as callers write them: in any order, of things that are there or not, in a swarm that is named or not, with
 * times that are left out, go back or, in imports, cannot be, and of types that nobody knows.
 */
final class RandomEvents {

    /** The events of each kind of thing, the one that it begins with first and more often, and their fields. */
    private static final Map<String, List<String>> EVENTS = Map.of(
            "agent",
            List.of(
                    "spawned role:text domain:text capabilities:texts name:text parentAgentId:agent model:text",
                    "started startedAt:time",
                    "task-assigned taskId:task assignedAt:time",
                    "task-assigned taskId:task",
                    "task-completed taskId:task result:json completedAt:time duration:duration",
                    "task-completed taskId:task result:json duration:duration",
                    "failed error:text failedAt:time",
                    "status-changed newStatus:status",
                    "stopped reason:text stoppedAt:time",
                    "tool-called callId:text tool:text taskId:task calledAt:time duration:duration error:text",
                    "tool-called callId:text tool:text taskId:task",
                    "model-called callId:text model:text taskId:task duration:duration inputTokens:count"
                            + " outputTokens:count cacheReadTokens:count cacheWriteTokens:count costUsd:duration",
                    "message-sent to:agent sentAt:time size:count",
                    "promoted rank:text"),
            "task",
            List.of(
                    "created taskType:text title:text description:text priority:priority dependencies:texts createdAt:time"
                            + " parentTaskId:task",
                    "queued priority:priority queuedAt:time",
                    "started agentId:agent startedAt:time",
                    "completed result:json completedAt:time duration:duration",
                    "failed error:text failedAt:time retryCount:count",
                    "cancelled reason:text cancelledAt:time",
                    "blocked blockedBy:texts blockedAt:time"),
            "memory",
            List.of(
                    "stored namespace:text key:text memoryType:text size:count storedAt:time",
                    "retrieved namespace:text key:text retrievedAt:time accessCount:count",
                    "deleted namespace:text key:text deletedAt:time",
                    "expired namespace:text key:text expiredAt:time expiresAt:time"),
            "swarm",
            List.of(
                    "initialized topology:text maxAgents:count initializedAt:time",
                    "scaled newAgentCount:count scaledAt:time",
                    "phase-changed newPhase:text changedAt:time",
                    "milestone-reached milestoneId:text name:text reachedAt:time",
                    "error error:text errorAt:time",
                    "terminated reason:text terminatedAt:time"));

    private static final List<String> KINDS = List.of("agent", "task", "task", "memory", "swarm", "agent");
    private static final int THINGS = 5;

    /** Microseconds, the year 58,000, before 1970, 30 million years from now, and what no clock of any machine can say. */
    private static final List<String> ABSURD =
            List.of("1767517200000000", "-5", "1e18", "1768000000000123.5", "1e300", "-1e300");

    private final JsonMapper mapper = JsonMapper.shared();
    private final Random random;
    private final String prefix;
    private final long start;
    private int made;

    /**
     * Events whose ids begin with {@code prefix}.
     *
     * @param start epoch milliseconds; they happen in the hour behind it
     */
    RandomEvents(Random random, String prefix, long start) {
        this.random = random;
        this.prefix = prefix;
        this.start = start;
    }

    /** The next one: id, type, aggregateId, payload, and what else its caller may say of it. */
    ObjectNode next(boolean absurdTimes) {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        List<String> events = EVENTS.get(kind);
        String[] event = events.get(random.nextInt(4) == 0 ? 0 : random.nextInt(events.size()))
                .split(" ");
        ObjectNode json = mapper.createObjectNode();
        json.put("id", prefix + "event-" + ++made);
        json.put("type", kind + ":" + event[0]);
        json.put("aggregateId", prefix + kind + "-" + random.nextInt(THINGS));
        json.put("aggregateType", kind);
        if (absurdTimes || random.nextInt(3) > 0) {
            json.set("timestamp", mapper.readTree(absurdTimes && random.nextInt(12) == 0 ? any(ABSURD) : time()));
        }
        List<String> fields = new ArrayList<>();
        for (int i = 1; i < event.length; i++) {
            if (random.nextInt(4) > 0) {
                String[] field = event[i].split(":");
                fields.add("\"" + field[0] + "\":" + value(field[1]));
            }
        }
        json.set("payload", mapper.readTree("{" + String.join(",", fields) + "}"));
        if (random.nextInt(3) == 0) {
            json.putObject("metadata").put("swarmId", any(List.of(prefix + "swarm-0", prefix + "elsewhere", "swarm")));
        }
        return json;
    }

    private String value(String kind) {
        return switch (kind) {
            case "time" -> time();
            case "duration" -> any(List.of("5", "2.50", "0", "1e3"));
            case "count" -> String.valueOf(random.nextInt(9));
            case "texts" -> any(List.of("[]", "[\"a\"]", "[\"b\",\"a\"]"));
            case "json" -> any(List.of("{\"z\":1.0,\"a\":[null,19.10]}", "\"done\"", "null", "12345678901234567890.5"));
            case "agent" -> "\"" + prefix + "agent-" + random.nextInt(THINGS) + "\"";
            case "task" -> "\"" + prefix + "task-" + random.nextInt(THINGS) + "\"";
            case "status" -> any(List.of("\"idle\"", "\"blocked\"", "\"error\""));
            case "priority" -> any(List.of("\"high\"", "\"low\""));
            default -> any(List.of("\"x\"", "\"y\"", "\"\u00fc'\\\"\""));
        };
    }

    private String time() {
        return start + random.nextInt(3_600_000) + (random.nextInt(5) == 0 ? ".25" : "");
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
