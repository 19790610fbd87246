package io.swarmledger.app.check.plain;

import tools.jackson.databind.node.ObjectNode;

/** Tasks. What blocks a task is told only while it is blocked. */
final class PlainTasks extends PlainFold {

    PlainTasks() {
        super("task", "created");
    }

    @Override
    void begin(ObjectNode it, PlainEvent event, PlainPayload told) {
        it.set("type", told.of("taskType"));
        it.set("title", told.of("title"));
        it.set("description", told.of("description"));
        it.put("status", "pending");
        it.set("priority", told.of("priority"));
        it.putNull("assignedAgent");
        it.set("dependencies", told.listOf("dependencies"));
        it.putArray("blockedBy");
        it.set("createdAt", told.timeOf("createdAt", event));
        it.putNull("startedAt");
        it.putNull("completedAt");
        it.putNull("failedAt");
        it.putNull("duration");
        it.putNull("result");
        it.putNull("error");
        it.put("retryCount", 0L);
        it.set("parentTaskId", told.of("parentTaskId"));
        it.putNull("cancelledAt");
        PlainCalls.begin(it);
    }

    @Override
    PlainLog.CallsBy calls() {
        return PlainLog.CallsBy.TASK;
    }

    @Override
    void goOn(ObjectNode it, String happened, PlainEvent event, PlainPayload told) {
        it.putArray("blockedBy");
        switch (happened) {
            case "queued" -> it.put("status", "queued");
            case "started" -> {
                it.put("status", "in-progress");
                it.set("assignedAgent", told.of("agentId"));
                it.set("startedAt", told.timeOf("startedAt", event));
            }
            case "completed" -> completed(it, event, told);
            case "failed" -> {
                it.put("status", "failed");
                it.set("failedAt", told.timeOf("failedAt", event));
                it.set("error", told.of("error"));
                if (told.of("retryCount") != null) {
                    it.set("retryCount", told.of("retryCount"));
                }
            }
            case "blocked" -> {
                it.put("status", "blocked");
                it.set("blockedBy", told.listOf("blockedBy"));
            }
            case "cancelled" -> {
                it.put("status", "cancelled");
                it.set("cancelledAt", told.timeOf("cancelledAt", event));
            }
            default -> throw new IllegalStateException("task:" + happened);
        }
    }

    private static void completed(ObjectNode it, PlainEvent event, PlainPayload told) {
        it.put("status", "completed");
        it.set("completedAt", told.timeOf("completedAt", event));
        it.set("result", told.of("result"));
        if (told.durationOf("duration") != null) {
            it.set("duration", told.durationOf("duration"));
        } else if (has(it, "startedAt")) {
            it.put(
                    "duration",
                    finite(it.get("completedAt").doubleValue()
                            - it.get("startedAt").doubleValue()));
        } else {
            it.putNull("duration");
        }
    }
}
