package io.swarmledger.app.check.plain;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Agents. After a stop, until started or spawned again, an agent's status and task stay; its counts go on. */
final class PlainAgents extends PlainFold {

    PlainAgents() {
        super("agent", "spawned");
    }

    @Override
    void begin(ObjectNode it, PlainEvent event, PlainPayload told) {
        it.set("role", told.of("role"));
        it.set("domain", told.of("domain"));
        it.set("capabilities", told.listOf("capabilities"));
        it.put("status", "idle");
        it.putNull("currentTask");
        it.putArray("openTasks");
        it.putArray("completedTasks");
        it.putArray("failedTasks");
        it.put("totalTaskDuration", 0.0);
        it.put("taskCount", 0L);
        it.put("errorCount", 0L);
        it.put("timedTasks", 0L);
        it.put("failuresInARow", 0L);
        it.put("spawnedAt", event.timestamp());
        it.putNull("startedAt");
        it.putNull("stoppedAt");
        it.put("lastActivityAt", event.timestamp());
        it.put("lastHeardAt", event.heardAt());
        it.set("name", told.of("name"));
        it.set("parentAgentId", told.of("parentAgentId"));
        it.set("model", told.of("model"));
        it.set("sessionId", told.of("sessionId"));
        PlainCalls.begin(it);
    }

    @Override
    void goOn(ObjectNode it, String happened, PlainEvent event, PlainPayload told) {
        it.put("lastActivityAt", event.timestamp());
        boolean isFirst = !has(it, "lastHeardAt");
        if (event.heardAt() != null
                && (isFirst || event.heardAt() > it.get("lastHeardAt").doubleValue())) {
            it.put("lastHeardAt", event.heardAt());
        }
        boolean stopped = has(it, "stoppedAt");
        switch (happened) {
            case "started" -> {
                it.put("status", "active");
                it.set("startedAt", told.timeOf("startedAt", event));
                it.putNull("stoppedAt");
            }
            case "stopped" -> {
                if (!stopped) {
                    it.put("status", "completed");
                }
                it.set("stoppedAt", told.timeOf("stoppedAt", event));
            }
            case "status-changed" -> {
                if (!stopped && told.of("newStatus") != null) {
                    it.set("status", told.of("newStatus"));
                }
            }
            case "task-assigned" -> {
                if (!stopped) {
                    it.put("status", "active");
                    it.set("currentTask", told.of("taskId"));
                }
                if (told.of("taskId") != null && !isIn(it, "openTasks", told.of("taskId"))) {
                    addTo(it, "openTasks", told.of("taskId"));
                }
            }
            case "failed" -> failed(it, stopped);
            case "task-completed" -> completed(it, stopped, told);
            case "tool-called", "model-called" -> PlainCalls.add(it, event.type(), told);
            case "message-sent" -> {}
            default -> throw new IllegalStateException("agent:" + happened);
        }
    }

    private static void failed(ObjectNode it, boolean stopped) {
        count(it, "errorCount");
        if (has(it, "currentTask")) {
            if (!isIn(it, "completedTasks", it.get("currentTask"))) {
                takeFrom(it, "openTasks", it.get("currentTask"));
            }
            addTo(it, "failedTasks", it.get("currentTask"));
            count(it, "failuresInARow");
        }
        if (!stopped) {
            it.put("status", "error");
        }
    }

    private static void completed(ObjectNode it, boolean stopped, PlainPayload told) {
        if (!stopped) {
            it.put("status", "idle");
            it.putNull("currentTask");
        }
        JsonNode task = told.of("taskId");
        boolean open = isIn(it, "openTasks", task);
        takeFrom(it, "openTasks", task);
        if (task != null && !open && isIn(it, "completedTasks", task)) {
            return;
        }
        count(it, "taskCount");
        it.put("failuresInARow", 0L);
        if (told.of("taskId") != null) {
            addTo(it, "completedTasks", told.of("taskId"));
        }
        JsonNode duration = told.durationOf("duration");
        if (duration != null) {
            double sum = it.get("totalTaskDuration").doubleValue() + duration.doubleValue();
            it.put("totalTaskDuration", sum);
            count(it, "timedTasks");
        }
    }

    private static boolean isIn(ObjectNode it, String list, JsonNode item) {
        return it.withArray(list).valueStream().anyMatch(one -> one.equals(item));
    }

    private static void takeFrom(ObjectNode it, String list, JsonNode item) {
        it.withArray(list).removeIf(one -> one.equals(item));
    }
}
