package io.swarmledger.app.view;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The read models once more, written down from the contract without a look at the folds: maps that are changed in
 * place, an {@code if} after the other. It is here to disagree.
 */
public final class NaiveViews {

    /** What only health and averages are told from. */
    public static final List<String> BEYOND_THE_CONTRACT =
            List.of("failuresInARow", "timedTasks", "openTasks", "lastHeardAt", "health", "seenAgents");

    /** What calls come to. */
    public static final List<String> OF_CALLS = List.of(
            "toolCalls",
            "toolFailures",
            "modelCalls",
            "inputTokens",
            "outputTokens",
            "cacheReadTokens",
            "cacheWriteTokens",
            "costUsd");

    /** Feature to id to what is known, as it should be answered. */
    private final Map<String, Map<String, Map<String, Object>>> views = new TreeMap<>();

    /** The tasks that an agent has completed and was not assigned since. */
    private final Map<String, Set<String>> settled = new TreeMap<>();

    /** Feature and id of whatever waits behind an event that cannot be read. */
    private final Set<String> waiting = new HashSet<>();

    public NaiveViews() {
        List.of("agent", "task", "memory", "swarm").forEach(feature -> views.put(feature, new TreeMap<>()));
    }

    /** An answer as it would be told here: fields by their names, so that their order says nothing. */
    static JsonNode comparable(Object answer) {
        var view =
                Json.mapper().readTree(Json.mapper().writeValueAsString(answer)).asObject();
        BEYOND_THE_CONTRACT.forEach(view::remove);
        return view;
    }

    /** All of a feature, by id. */
    public List<JsonNode> of(String feature) {
        return views.get(feature).values().stream()
                .map(view -> Json.mapper().readTree(Json.mapper().writeValueAsString(view)))
                .toList();
    }

    void tell(EventRow row) {
        tell(row.aggregateId(), row.eventType(), row.payload(), row.timestamp().doubleValue(), row.swarmId());
    }

    /** What happened next. */
    public void tell(String id, String type, String json, double at, String swarmId) {
        if (!RandomHistory.FIELDS.containsKey(type)) {
            return;
        }
        String feature = type.split(":")[0];
        JsonNode payload;
        try {
            payload = Json.mapper().readTree(json);
        } catch (JacksonException noJson) {
            payload = Json.mapper().nullNode();
        }
        if (!payload.isObject()) {
            waiting.add(feature + " " + id);
        }
        if (waiting.contains(feature + " " + id)) {
            if (payload.isObject() && type.endsWith("-called")) {
                // An agent's dead letter keeps nobody else from counting what it calls.
                count(views.get("task").get(Objects.toString(text(payload, "taskId"))), type, payload);
                count(views.get("swarm").get(swarmId), type, payload);
            }
            return;
        }
        if (type.endsWith("-called")) {
            count(views.get("agent").get(id), type, payload);
            count(views.get("task").get(Objects.toString(text(payload, "taskId"))), type, payload);
            count(views.get("swarm").get(swarmId), type, payload);
        }
        Map<String, Object> before = views.get(feature).get(id);
        if (List.of("agent:spawned", "task:created", "memory:stored", "swarm:initialized")
                .contains(type)) {
            Map<String, Object> born = new LinkedHashMap<>();
            born.put("id", id);
            born.put("swarmId", swarmId);
            views.get(feature).put(id, born);
            if (!feature.equals("memory")) {
                OF_CALLS.forEach(field -> born.put(field, field.equals("costUsd") ? null : 0L));
            }
            if (feature.equals("agent")) {
                settled.remove(id);
            }
            begin(type, born, payload, at);
        } else if (before != null) {
            change(type, before, payload, at);
        }
    }

    /** A call more, for one of those that it counts for; nothing if that one is not there. */
    private static void count(Map<String, Object> it, String type, JsonNode told) {
        if (it == null) {
            return;
        }
        if (type.equals("agent:tool-called")) {
            add(it, "toolCalls", 1);
            add(it, "toolFailures", told.hasNonNull("error") ? 1 : 0);
            return;
        }
        add(it, "modelCalls", 1);
        for (String tokens : List.of("inputTokens", "outputTokens", "cacheReadTokens", "cacheWriteTokens")) {
            add(it, tokens, Math.max(0, whole(told, tokens, 0L)));
        }
        Double cost = time(told, "costUsd", null);
        if (cost != null && cost >= 0) {
            Double before = (Double) it.get("costUsd");
            it.put("costUsd", before == null ? cost : Double.valueOf(before + cost));
        }
    }

    private static void add(Map<String, Object> it, String field, long more) {
        it.put(field, (long) it.get(field) + more);
    }

    private Set<String> settledBy(Map<String, Object> agent) {
        return settled.computeIfAbsent((String) agent.get("id"), id -> new HashSet<>());
    }

    private static void begin(String type, Map<String, Object> it, JsonNode told, double at) {
        switch (type) {
            case "agent:spawned" -> {
                it.put("role", text(told, "role"));
                it.put("domain", text(told, "domain"));
                it.put("capabilities", list(told, "capabilities"));
                it.put("status", "idle");
                it.put("currentTask", null);
                it.put("completedTasks", new ArrayList<>());
                it.put("failedTasks", new ArrayList<>());
                it.put("totalTaskDuration", 0.0);
                it.put("taskCount", 0L);
                it.put("errorCount", 0L);
                it.put("spawnedAt", at);
                it.put("startedAt", null);
                it.put("stoppedAt", null);
                it.put("lastActivityAt", at);
                for (String field : List.of("name", "parentAgentId", "model", "sessionId")) {
                    it.put(field, text(told, field));
                }
            }
            case "task:created" -> {
                it.put("type", text(told, "taskType"));
                it.put("title", text(told, "title"));
                it.put("description", text(told, "description"));
                it.put("status", "pending");
                it.put("priority", text(told, "priority"));
                it.put("assignedAgent", null);
                it.put("dependencies", list(told, "dependencies"));
                it.put("blockedBy", List.of());
                it.put("createdAt", time(told, "createdAt", at));
                for (String later : List.of("startedAt", "completedAt", "failedAt", "duration", "result", "error")) {
                    it.put(later, null);
                }
                it.put("retryCount", 0L);
                it.put("parentTaskId", text(told, "parentTaskId"));
                it.put("cancelledAt", null);
            }
            case "memory:stored" -> {
                it.put("namespace", text(told, "namespace"));
                it.put("key", text(told, "key"));
                it.put("type", text(told, "memoryType"));
                it.put("size", whole(told, "size", null));
                it.put("accessCount", 0L);
                it.put("storedAt", time(told, "storedAt", at));
                it.put("lastAccessedAt", time(told, "storedAt", at));
                it.put("deletedAt", null);
                it.put("isDeleted", false);
                it.put("expiredAt", null);
            }
            default -> {
                it.put("topology", text(told, "topology"));
                it.put("maxAgents", whole(told, "maxAgents", null));
                it.put("agentCount", 0L);
                it.put("phase", null);
                it.put("status", "initialized");
                it.put("milestones", new ArrayList<>());
                it.put("errorCount", 0L);
                it.put("lastError", null);
                it.put("initializedAt", time(told, "initializedAt", at));
                it.put("terminatedAt", null);
                it.put("lastActivityAt", at);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void change(String type, Map<String, Object> it, JsonNode told, double at) {
        boolean stopped = it.get("stoppedAt") != null;
        boolean gone = Objects.equals(it.get("isDeleted"), true);
        if (type.startsWith("agent:") || type.startsWith("swarm:")) {
            it.put("lastActivityAt", at);
        }
        if (type.startsWith("task:")) {
            it.put("blockedBy", List.of());
        }
        if (type.equals("agent:started")) {
            it.put("status", "active");
            it.put("startedAt", time(told, "startedAt", at));
            it.put("stoppedAt", null);
        }
        if (type.equals("agent:stopped")) {
            if (!stopped) {
                it.put("status", "completed");
            }
            it.put("stoppedAt", time(told, "stoppedAt", at));
        }
        if (type.equals("agent:failed")) {
            it.put("errorCount", (long) it.get("errorCount") + 1);
            if (it.get("currentTask") != null) {
                ((List<Object>) it.get("failedTasks")).add(it.get("currentTask"));
            }
            if (!stopped) {
                it.put("status", "error");
            }
        }
        if (type.equals("agent:status-changed") && !stopped && text(told, "newStatus") != null) {
            it.put("status", text(told, "newStatus"));
        }
        if (type.equals("agent:task-assigned") && !stopped) {
            it.put("status", "active");
            it.put("currentTask", text(told, "taskId"));
        }
        if (type.equals("agent:task-assigned") && text(told, "taskId") != null) {
            settledBy(it).remove(text(told, "taskId"));
        }
        if (type.equals("agent:task-completed")) {
            String task = text(told, "taskId");
            if (task == null || settledBy(it).add(task)) {
                it.put("taskCount", (long) it.get("taskCount") + 1);
                it.put("totalTaskDuration", (double) it.get("totalTaskDuration") + time(told, "duration", 0.0));
                if (task != null) {
                    ((List<Object>) it.get("completedTasks")).add(task);
                }
            }
            if (!stopped) {
                it.put("status", "idle");
                it.put("currentTask", null);
            }
        }
        if (type.equals("task:queued")) {
            it.put("status", "queued");
        }
        if (type.equals("task:started")) {
            it.put("status", "in-progress");
            it.put("assignedAgent", text(told, "agentId"));
            it.put("startedAt", time(told, "startedAt", at));
        }
        if (type.equals("task:completed")) {
            it.put("status", "completed");
            it.put("completedAt", time(told, "completedAt", at));
            it.put("result", Json.mapper().treeToValue(told.path("result"), Object.class));
            Double started = (Double) it.get("startedAt");
            it.put(
                    "duration",
                    time(told, "duration", started == null ? null : (Double) it.get("completedAt") - started));
        }
        if (type.equals("task:failed")) {
            it.put("status", "failed");
            it.put("failedAt", time(told, "failedAt", at));
            it.put("error", text(told, "error"));
            it.put("retryCount", whole(told, "retryCount", (Long) it.get("retryCount")));
        }
        if (type.equals("task:blocked")) {
            it.put("status", "blocked");
            it.put("blockedBy", list(told, "blockedBy"));
        }
        if (type.equals("task:cancelled")) {
            it.put("status", "cancelled");
            it.put("cancelledAt", time(told, "cancelledAt", at));
        }
        if (type.equals("memory:retrieved") && !gone) {
            it.put("accessCount", whole(told, "accessCount", (Long) it.get("accessCount") + 1));
            it.put("lastAccessedAt", time(told, "retrievedAt", at));
        }
        if (type.equals("memory:deleted")) {
            it.put("isDeleted", true);
            it.put("deletedAt", time(told, "deletedAt", at));
        }
        if (type.equals("memory:expired")) {
            it.put("isDeleted", true);
            it.put("deletedAt", time(told, "expiredAt", at));
            it.put("expiredAt", time(told, "expiredAt", at));
        }
        if (type.equals("swarm:scaled")) {
            it.put("agentCount", whole(told, "newAgentCount", (Long) it.get("agentCount")));
        }
        if (type.equals("swarm:phase-changed")) {
            it.put("phase", text(told, "newPhase"));
        }
        if ((type.equals("swarm:scaled") || type.equals("swarm:phase-changed"))
                && it.get("status").equals("initialized")) {
            it.put("status", "active");
        }
        if (type.equals("swarm:milestone-reached")) {
            Map<String, Object> milestone = new LinkedHashMap<>();
            milestone.put("milestoneId", text(told, "milestoneId"));
            milestone.put("name", text(told, "name"));
            milestone.put("reachedAt", time(told, "reachedAt", at));
            ((List<Object>) it.get("milestones")).add(milestone);
        }
        if (type.equals("swarm:error")) {
            it.put("errorCount", (long) it.get("errorCount") + 1);
            it.put("lastError", text(told, "error"));
        }
        if (type.equals("swarm:terminated")) {
            it.put("status", "terminated");
            it.put("terminatedAt", time(told, "terminatedAt", at));
        }
    }

    private static String text(JsonNode told, String field) {
        return told.hasNonNull(field) ? told.get(field).stringValue() : null;
    }

    private static Double time(JsonNode told, String field, Double otherwise) {
        return told.hasNonNull(field) ? Double.valueOf(told.get(field).doubleValue()) : otherwise;
    }

    private static Long whole(JsonNode told, String field, Long otherwise) {
        return told.hasNonNull(field) ? Long.valueOf(told.get(field).longValue()) : otherwise;
    }

    private static List<String> list(JsonNode told, String field) {
        List<String> items = new ArrayList<>();
        if (told.hasNonNull(field)) {
            told.get(field).forEach(item -> items.add(item.stringValue()));
        }
        return items;
    }
}
