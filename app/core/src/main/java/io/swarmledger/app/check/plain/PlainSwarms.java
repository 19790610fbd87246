package io.swarmledger.app.check.plain;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Swarms: active from the first time that one is scaled or changes its phase. */
final class PlainSwarms extends PlainFold {

    PlainSwarms() {
        super("swarm", "initialized");
    }

    @Override
    void begin(ObjectNode it, PlainEvent event, PlainPayload told) {
        it.set("topology", told.of("topology"));
        it.set("maxAgents", told.of("maxAgents"));
        it.put("agentCount", 0L);
        it.putNull("phase");
        it.put("status", "initialized");
        it.putArray("milestones");
        it.put("errorCount", 0L);
        it.putNull("lastError");
        it.set("initializedAt", told.timeOf("initializedAt", event));
        it.putNull("terminatedAt");
        it.put("lastActivityAt", event.timestamp());
        PlainCalls.begin(it);
    }

    @Override
    PlainLog.CallsBy calls() {
        return PlainLog.CallsBy.SWARM;
    }

    @Override
    void goOn(ObjectNode it, String happened, PlainEvent event, PlainPayload told) {
        it.put("lastActivityAt", event.timestamp());
        switch (happened) {
            case "scaled" -> {
                activate(it);
                if (told.of("newAgentCount") != null) {
                    it.set("agentCount", told.of("newAgentCount"));
                }
            }
            case "phase-changed" -> {
                activate(it);
                it.set("phase", told.of("newPhase"));
            }
            case "milestone-reached" -> {
                ObjectNode milestone = JsonNodeFactory.instance.objectNode();
                milestone.set("milestoneId", told.of("milestoneId"));
                milestone.set("name", told.of("name"));
                milestone.set("reachedAt", told.timeOf("reachedAt", event));
                addTo(it, "milestones", milestone);
            }
            case "error" -> {
                count(it, "errorCount");
                it.set("lastError", told.of("error"));
            }
            case "terminated" -> {
                it.put("status", "terminated");
                it.set("terminatedAt", told.timeOf("terminatedAt", event));
            }
            default -> throw new IllegalStateException("swarm:" + happened);
        }
    }

    private static void activate(ObjectNode it) {
        if (statusIs(it, "initialized")) {
            it.put("status", "active");
        }
    }

    private static boolean statusIs(ObjectNode it, String status) {
        return it.get("status").stringValue().equals(status);
    }
}
