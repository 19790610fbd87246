package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Known;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Agents, as claude-flow keeps them: who they are, and what each does now. What became of them in between, the other files
 * tell; where they do not lead to what an agent does now, something must have happened that nobody noted.
 */
final class AgentStore {

    private static final String SPAWNED = "agent:spawned";
    private static final String ASSIGNED = "agent:task-assigned";
    private static final String COMPLETED = "agent:task-completed";
    private static final String FAILED = "agent:failed";
    private static final String CHANGED = "agent:status-changed";
    private static final String STOPPED = "agent:stopped";
    private static final String[] OF_STATUS = {SPAWNED, "agent:started", STOPPED, FAILED, CHANGED, ASSIGNED, COMPLETED};
    private static final String[] OF_TASK = {SPAWNED, ASSIGNED, COMPLETED, FAILED};

    private static final Map<String, String> STATUSES = Map.ofEntries(
            Map.entry("idle", "idle"),
            Map.entry("active", "active"),
            Map.entry("busy", "active"),
            Map.entry("running", "active"),
            Map.entry("working", "active"),
            Map.entry("blocked", "blocked"),
            Map.entry("waiting", "blocked"),
            Map.entry("paused", "blocked"),
            Map.entry("completed", "completed"),
            Map.entry("error", "error"),
            Map.entry("failed", "error"));

    private static final Set<String> ENDED = Set.of("terminated", "stopped", "shutdown");

    private final Telling telling;
    private final Map<String, Now> agents = new LinkedHashMap<>();

    AgentStore(Telling telling) {
        this.telling = telling;
    }

    /** What an agent does now by the store, and what it does by what is told of it. */
    private static final class Now {

        private final String storedStatus;
        private final String storedTask;
        private final double fileTime;
        private String status;
        private String task;
        private Double toldAt;

        Now(Entry agent, double fileTime) {
            storedStatus = agent.text("status");
            storedTask = agent.text("currentTask");
            this.fileTime = fileTime;
        }

        void hear(String type, JsonNode payload, Double at) {
            toldAt = at == null || toldAt != null && toldAt > at ? toldAt : at;
            switch (type) {
                case SPAWNED -> {
                    status = "idle";
                    task = null;
                }
                case "agent:started" -> status = "active";
                case STOPPED -> status = STOPPED;
                case CHANGED -> status = payload.path("newStatus").stringValue(null);
                case ASSIGNED -> {
                    status = "active";
                    task = payload.path("taskId").stringValue(null);
                }
                case COMPLETED -> {
                    status = "idle";
                    task = null;
                }
                case FAILED -> {
                    status = "error";
                    task = null;
                }
                default -> {}
            }
        }
    }

    void read(Path file) throws IOException {
        double fileTime = Telling.timeOf(file);
        Records.each(file, "agents", telling.report(), (key, agent) -> {
            String id = agent.text("agentId", "id");
            if (id == null && key == null) {
                telling.report().cannotRead(file.toString(), null, "has an agent without an id");
                return;
            }
            tell(id == null ? key : id, agent, fileTime);
        });
    }

    private void tell(String id, Entry agent, double fileTime) {
        Now now = new Now(agent, fileTime);
        recall(id, now);
        agents.put(id, now);
        if (!telling.known().last(id, 1, SPAWNED).isEmpty()) {
            // It may have been told by another door. Spawned again it would begin anew.
            return;
        }
        ObjectNode spawned = Story.object()
                .put("agentId", id)
                .put("role", agent.text("agentType", "type", "role"))
                .put("domain", agent.text("domain"));
        ArrayNode capabilities = spawned.putArray("capabilities");
        new Entry(agent.json().path("config")).texts("capabilities").forEach(capabilities::add);
        agent.texts("capabilities").forEach(capabilities::add);
        putIfGiven(spawned, "name", agent.text("name"));
        putIfGiven(spawned, "model", agent.text("model"));
        Story story = telling.story(id, fileTime);
        Double at = agent.time("createdAt", "spawnedAt");
        if (at == null) {
            story.infer(id, SPAWNED, id, Story.SWARM, null, null, spawned);
        } else {
            story.tell(id, SPAWNED, id, Story.SWARM, at, null, spawned);
        }
    }

    private void recall(String id, Now now) {
        Known known = telling.known();
        known.last(id, 1, OF_TASK).forEach(event -> now.hear(event.type(), payload(event), event.timestamp()));
        known.last(id, 1, OF_STATUS).forEach(event -> now.hear(event.type(), payload(event), event.timestamp()));
    }

    private static JsonNode payload(Known.Event event) {
        return event.payload() == null ? Story.object() : event.payload();
    }

    /** Where what was told of an agent does not lead to what the store says of it, tells what is missing. */
    void tellWhatTheyDoNow() {
        telling.facts().each("agent", this::hear);
        agents.forEach(this::tellNow);
    }

    private void hear(Fact fact) {
        Now now = agents.get(fact.aggregateId());
        if (now != null && !telling.known().has(fact.id())) {
            now.hear(fact.type(), fact.payload(), fact.timestamp());
        }
    }

    private void tellNow(String id, Now now) {
        Story story = telling.story(id, now.fileTime);
        story.notBefore(now.toldAt);
        if (now.storedTask != null && !now.storedTask.equals(now.task)) {
            ObjectNode assigned = Story.object().put("agentId", id).put("taskId", now.storedTask);
            story.infer(
                    keyOfAssignment(id, now.storedTask, now.fileTime), ASSIGNED, id, id, null, "assignedAt", assigned);
            now.hear(ASSIGNED, assigned, null);
        }
        if (now.storedStatus != null) {
            tellStatus(story, id, now, now.storedStatus.toLowerCase(Locale.ROOT));
        }
    }

    /** The same assignment may have been told already; this is another one then. */
    private String keyOfAssignment(String agentId, String taskId, double fileTime) {
        String key = TaskStore.keyOfAssignment(taskId, agentId);
        return telling.known().has(Fact.id(Story.SCOPE, ASSIGNED, key)) ? key + "/" + (long) fileTime : key;
    }

    private void tellStatus(Story story, String id, Now now, String stored) {
        String key = id + "/" + stored + "/" + (long) now.fileTime;
        if (ENDED.contains(stored)) {
            if (!STOPPED.equals(now.status)) {
                ObjectNode stopped = Story.object().put("agentId", id).put("reason", stored);
                story.infer(key, STOPPED, id, id, null, "stoppedAt", stopped);
            }
            return;
        }
        String status = STATUSES.get(stored);
        if (status == null) {
            telling.report().unknown("agent status " + stored);
        } else if (!status.equals(now.status)) {
            ObjectNode changed = Story.object()
                    .put("agentId", id)
                    .put("previousStatus", STOPPED.equals(now.status) ? "completed" : now.status)
                    .put("newStatus", status);
            story.infer(key, CHANGED, id, id, null, null, changed);
        }
    }

    static void putIfGiven(ObjectNode payload, String name, String value) {
        if (value != null) {
            payload.put(name, value);
        }
    }
}
