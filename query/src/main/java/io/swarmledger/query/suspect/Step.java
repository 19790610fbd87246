package io.swarmledger.query.suspect;

import io.swarmledger.events.Json;
import io.swarmledger.query.failure.FailureTypes;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.suspect.Suspects.Exhibit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Something that happened, as much of it as rules need.
 *
 * @param time what it counts as where times are compared, epoch milliseconds
 * @param agent who did it, as far as that is known; {@code null} otherwise
 * @param task for which task; {@code null} likewise
 * @param othersTask of a message what its receiver was at then; {@code null} likewise
 * @param texts of its payload, by their names, each cut
 * @param waitsFor the tasks that it says it waits for
 */
record Step(
        long position,
        String eventId,
        String type,
        String aggregateId,
        double timestamp,
        double time,
        String swarmId,
        String source,
        String causationId,
        String agent,
        String task,
        String othersTask,
        Map<String, String> texts,
        List<String> waitsFor) {

    static final String TASK_CREATED = "task:created";
    static final String TASK_QUEUED = "task:queued";
    static final String TASK_BLOCKED = "task:blocked";
    static final String TASK_STARTED = "task:started";
    static final String TASK_COMPLETED = "task:completed";
    static final String TASK_FAILED = "task:failed";
    static final String TASK_CANCELLED = "task:cancelled";
    static final String AGENT_ASSIGNED = "agent:task-assigned";
    static final String AGENT_DONE = "agent:task-completed";
    static final String AGENT_FAILED = "agent:failed";
    static final String AGENT_STOPPED = "agent:stopped";
    static final String SAID = "agent:message-sent";
    static final String AGENT_SPAWNED = "agent:spawned";
    static final String PHASE = "swarm:phase-changed";
    static final String STORED = "memory:stored";
    static final String READ = "memory:retrieved";
    static final String SWARM_ERROR = "swarm:error";

    /** Of ids no more has to be told apart. */
    private static final int CHARACTERS = 1_000;

    private static final int SHOWN = 200;
    private static final int MOST_WAITED_FOR = 200;

    private static final List<String> NAMES = List.of(
            "agentId",
            "taskId",
            "parentTaskId",
            "tool",
            "model",
            "inputDigest",
            "outputDigest",
            "error",
            "to",
            "digest",
            "stopReason",
            "role",
            "taskType",
            "newPhase");

    /** What people read first, of that the first there is. */
    private static final List<String> TELLING = List.of("error", "title", "text", "reason", "tool", "model", "key");

    /** What is told of itself. */
    private static final String TOLD = "told";

    /** Nobody is said to have done it yet. */
    static Step of(LogRow row) {
        Map<String, String> texts = new HashMap<>();
        List<String> waitsFor = new ArrayList<>();
        JsonNode payload = payload(row);
        NAMES.forEach(name -> put(texts, name, payload.path(name), CHARACTERS));
        TELLING.stream()
                .map(payload::path)
                .filter(one -> one.isString() && !one.stringValue().isBlank())
                .findFirst()
                .ifPresent(one -> put(texts, TOLD, one, SHOWN));
        for (String name : List.of("dependencies", "blockedBy")) {
            for (JsonNode task : payload.path(name)) {
                if (task.isString() && waitsFor.size() < MOST_WAITED_FOR) {
                    waitsFor.add(cut(task.stringValue(), CHARACTERS));
                }
            }
        }
        return new Step(
                row.position(),
                row.id(),
                row.type(),
                row.aggregateId(),
                row.timestamp().doubleValue(),
                row.time(),
                row.swarmId(),
                row.source(),
                row.causationId(),
                null,
                null,
                null,
                texts,
                waitsFor);
    }

    /** Imported history may hold anything: what is no JSON says nothing. */
    private static JsonNode payload(LogRow row) {
        try {
            return Json.mapper().readTree(row.payload());
        } catch (JacksonException noJson) {
            return Json.mapper().createObjectNode();
        }
    }

    private static void put(Map<String, String> texts, String name, JsonNode value, int most) {
        if (!value.isMissingNode() && !value.isNull()) {
            texts.put(name, cut(value.isString() ? value.stringValue() : value.toString(), most));
        }
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        // Half of a surrogate pair is no character.
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    Step by(String who, String whichTask, String receiversTask) {
        return new Step(
                position,
                eventId,
                type,
                aggregateId,
                timestamp,
                time,
                swarmId,
                source,
                causationId,
                who,
                whichTask,
                receiversTask,
                texts,
                waitsFor);
    }

    String text(String name) {
        return texts.get(name);
    }

    boolean is(String other) {
        return type.equals(other);
    }

    boolean isOfTask() {
        return type.startsWith("task:");
    }

    boolean isCall() {
        return FailureTypes.CALLS.contains(type);
    }

    boolean isFailedCall() {
        return isCall() && text("error") != null;
    }

    boolean isFailure() {
        return isFailedCall() || FailureTypes.REPORTED.contains(type);
    }

    /** The tool or the model that was called. */
    String called() {
        return is(FailureTypes.TOOL_CALLED) ? text("tool") : text("model");
    }

    Exhibit exhibit() {
        return new Exhibit(eventId, position, type, aggregateId, timestamp, text(TOLD));
    }
}
