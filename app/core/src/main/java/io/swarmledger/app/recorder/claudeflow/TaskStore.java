package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.recorder.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tasks, as claude-flow keeps them: what each is, who does it, and what became of it. */
final class TaskStore {

    private static final Set<String> PRIORITIES = Set.of("critical", "high", "medium", "low");
    private static final String NORMAL = "medium";

    private final Telling telling;

    TaskStore(Telling telling) {
        this.telling = telling;
    }

    /** By which an agent's assignment is told apart from others. */
    static String keyOfAssignment(String taskId, String agentId) {
        return taskId + "/" + agentId;
    }

    void read(Path file) throws IOException {
        double fileTime = Telling.timeOf(file);
        Records.each(file, "tasks", telling.report(), (key, task) -> {
            String id = task.text("taskId", "id");
            if (id == null && key == null) {
                telling.report().cannotRead(file.toString(), null, "has a task without an id");
                return;
            }
            new OneTask(id == null ? key : id, task, telling.story(id == null ? key : id, fileTime)).tell();
        });
    }

    private final class OneTask {

        private final String id;
        private final Entry task;
        private final Story story;
        private final List<String> agents;
        private final Double startedAt;
        private final Double endedAt;
        private final String status;

        OneTask(String id, Entry task, Story story) {
            this.id = id;
            this.task = task;
            this.story = story;
            agents = task.texts("assignedTo");
            startedAt = task.time("startedAt");
            endedAt = task.time("completedAt", "failedAt", "cancelledAt");
            String told = task.text("status");
            status = told == null ? (endedAt == null ? "pending" : "completed") : told.toLowerCase(Locale.ROOT);
        }

        void tell() {
            if (telling.known().last(id, 1, "task:created").isEmpty()) {
                created();
            }
            started();
            switch (status) {
                case "pending", "queued", "assigned" -> {}
                case "in_progress", "in-progress", "running", "active" -> {}
                case "completed", "done" -> completed();
                case "failed", "error" -> failed();
                case "cancelled", "canceled" -> cancelled();
                case "blocked" -> blocked();
                default -> telling.report().unknown("task status " + status);
            }
        }

        private void created() {
            String description = task.text("description");
            String title = task.text("title", "name");
            String shown = telling.shown().title(title == null ? description : title);
            ObjectNode created = object().put("taskType", task.text("type"))
                    .put("title", shown)
                    .put(
                            "description",
                            telling.shown().content() == Content.FULL
                                    ? telling.shown().text(description)
                                    : telling.shown().title(description))
                    .put("priority", priority());
            created.set("dependencies", list("dependencies"));
            AgentStore.putIfGiven(created, "parentTaskId", task.text("parentTaskId", "parentId"));
            Double at = task.time("createdAt");
            if (at == null) {
                story.infer(id, "task:created", id, Story.SWARM, earliest(), "createdAt", created);
            } else {
                story.tell(id, "task:created", id, Story.SWARM, at, "createdAt", created);
            }
        }

        private Double earliest() {
            return startedAt == null ? endedAt : startedAt;
        }

        private String priority() {
            String told = String.valueOf(task.text("priority")).toLowerCase(Locale.ROOT);
            return PRIORITIES.contains(told) ? told : NORMAL;
        }

        private JsonNode list(String name) {
            ObjectNode holder = object();
            task.texts(name).forEach(holder.withArray("/" + name)::add);
            return holder.withArray("/" + name);
        }

        /** It starts with its assignment; where nobody noted when, it has if it is under way. */
        private void started() {
            Double at = startedAt;
            for (String agent : agents) {
                ObjectNode assigned = object().put("agentId", agent);
                String key = keyOfAssignment(id, agent);
                if (at == null) {
                    story.infer(key, "agent:task-assigned", agent, Story.SWARM, endedAt, "assignedAt", assigned);
                } else {
                    story.tell(key, "agent:task-assigned", agent, Story.SWARM, at, "assignedAt", assigned);
                }
            }
            ObjectNode started = object().put("agentId", agents.isEmpty() ? null : agents.get(0));
            if (at != null) {
                story.tell(id + "/" + at.longValue(), "task:started", id, who(), at, "startedAt", started);
            } else if (status.startsWith("in") || status.equals("running") || status.equals("active")) {
                story.infer(id + "/", "task:started", id, who(), null, "startedAt", started);
            }
        }

        private void completed() {
            ObjectNode completed = object();
            telling.shown().put(completed, "result", task.json().path("result"));
            if (startedAt != null && endedAt != null && endedAt >= startedAt) {
                completed.put("duration", endedAt - startedAt);
            }
            ObjectNode byAgent = completed.deepCopy();
            if (endedAt == null) {
                story.infer(keyOfEnd(), "task:completed", id, who(), null, "completedAt", completed);
            } else {
                story.tell(keyOfEnd(), "task:completed", id, who(), endedAt, "completedAt", completed);
            }
            for (String agent : agents) {
                ObjectNode own = byAgent.deepCopy().put("agentId", agent);
                story.infer(
                        keyOfEnd() + "/" + agent, "agent:task-completed", agent, agent, endedAt, "completedAt", own);
            }
        }

        private void failed() {
            String error = task.text("error", "failureReason");
            ObjectNode failed = object().put(
                            "error",
                            telling.shown()
                                    .error(
                                            error == null
                                                    ? task.json()
                                                            .path("result")
                                                            .path("error")
                                                            .stringValue(null)
                                                    : error));
            end("task:failed", "failedAt", failed);
        }

        private void cancelled() {
            String reason = task.text("cancelReason", "reason");
            end(
                    "task:cancelled",
                    "cancelledAt",
                    object().put("reason", telling.shown().title(reason)));
        }

        private void blocked() {
            ObjectNode blocked = object();
            blocked.set("blockedBy", list("blockedBy"));
            story.infer(keyOfEnd(), "task:blocked", id, who(), null, "blockedAt", blocked);
        }

        private void end(String type, String timeField, ObjectNode payload) {
            if (endedAt == null) {
                story.infer(keyOfEnd(), type, id, who(), null, timeField, payload);
            } else {
                story.tell(keyOfEnd(), type, id, who(), endedAt, timeField, payload);
            }
        }

        /** A task that was started again may end again. */
        private String keyOfEnd() {
            Double at = endedAt == null ? startedAt : endedAt;
            return id + "/" + (at == null ? "" : at.longValue());
        }

        private String who() {
            return agents.isEmpty() ? Story.SWARM : agents.get(0);
        }

        private ObjectNode object() {
            return Story.object().put("taskId", id);
        }
    }
}
