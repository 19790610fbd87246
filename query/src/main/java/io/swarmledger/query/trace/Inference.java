package io.swarmledger.query.trace;

import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.RecordedEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What may have caused an event that names no cause, by named rules; nothing where no rule says so. */
final class Inference {

    /** With these something begins: they need no cause. */
    static final Set<String> BEGINNINGS = Set.of("agent:spawned", "task:created", "memory:stored", "swarm:initialized");

    private static final String ASSIGNED = "agent:task-assigned";
    private static final String COMPLETED = "task:completed";
    private static final String FAILED = "task:failed";

    private final EventLog log;

    Inference(EventLog log) {
        this.log = log;
    }

    /** An event that is inferred to be a cause. */
    record Cause(RecordedEvent event, Rule rule) {}

    List<Cause> causesOf(RecordedEvent event) {
        if (BEGINNINGS.contains(event.type())) {
            return List.of();
        }
        return switch (event.type()) {
            case "task:started" -> first(assignmentOf(event), before(event));
            case "task:queued" -> first(releaseOf(event), before(event));
            case "task:blocked" -> obstaclesOf(event);
            case ASSIGNED -> first(sameTask(lastOf(taskOf(event), event.position())));
            case "agent:task-completed" -> first(
                    sameTask(lastOf(taskOf(event), event.position(), COMPLETED)),
                    assignment(assignmentOf(event.aggregateId(), taskOf(event), event.position())));
            case "agent:failed" -> failureOf(event);
            case "agent:tool-called", "agent:model-called" -> first(
                    assignment(assignmentOf(event.aggregateId(), taskOf(event), event.position())), agentOf(event));
            case "agent:message-sent" -> first(agentOf(event));
            case "memory:retrieved", "memory:deleted", "memory:expired" -> first(
                    lastOf(event.aggregateId(), event.position(), "memory:stored")
                            .map(stored -> new Cause(stored, Rule.MEMORY_READ_AFTER_WRITE)));
            default -> "task".equals(event.aggregateType()) ? first(before(event)) : List.of();
        };
    }

    /** The last event of that stream, and of any of the types, before a position. */
    private Optional<RecordedEvent> lastOf(String aggregateId, long position, String... types) {
        return log.last(aggregateId, position - 1, types).map(RecordedEvent::of);
    }

    /** The last assignment before a position in which the agent was given the task. */
    private Optional<RecordedEvent> assignmentOf(String agentId, String taskId, long position) {
        return log.lastSaying("taskId", taskId, agentId, ASSIGNED, position - 1).map(RecordedEvent::of);
    }

    private Optional<Cause> before(RecordedEvent event) {
        return sameTask(lastOf(event.aggregateId(), event.position()));
    }

    private Optional<Cause> assignmentOf(RecordedEvent started) {
        String agent = text(payload(started), "agentId");
        return assignment(assignmentOf(agent, started.aggregateId(), started.position()));
    }

    private Optional<Cause> agentOf(RecordedEvent event) {
        return lastOf(event.aggregateId(), event.position(), "agent:spawned", "agent:started")
                .map(begun -> new Cause(begun, Rule.SAME_AGENT));
    }

    /** The task that the queued one depends on and that was completed since anything happened to it. */
    private Optional<Cause> releaseOf(RecordedEvent queued) {
        long since = lastOf(queued.aggregateId(), queued.position())
                .map(RecordedEvent::position)
                .orElse(0L);
        return lastOf(queued.aggregateId(), queued.position(), "task:created").stream()
                .flatMap(created -> texts(payload(created).path("dependencies")).stream())
                .flatMap(task -> lastOf(task, queued.position(), COMPLETED).stream())
                .filter(completed -> completed.position() > since)
                .max((one, other) -> Long.compare(one.position(), other.position()))
                .map(completed -> new Cause(completed, Rule.DEPENDENCY));
    }

    private List<Cause> obstaclesOf(RecordedEvent blocked) {
        List<Cause> obstacles = obstacles(blocked).stream()
                .flatMap(task -> lastOf(task, blocked.position()).stream())
                .map(obstacle -> new Cause(obstacle, Rule.DEPENDENCY))
                .toList();
        return obstacles.isEmpty() ? first(before(blocked)) : obstacles;
    }

    /** The tasks that a {@code task:blocked} waits for. */
    static List<String> obstacles(RecordedEvent blocked) {
        return texts(payload(blocked).path("blockedBy"));
    }

    /** The failure of the task that the agent was given last, or else the assignment itself. */
    private List<Cause> failureOf(RecordedEvent agentFailed) {
        Optional<RecordedEvent> assigned = lastOf(agentFailed.aggregateId(), agentFailed.position(), ASSIGNED);
        return assigned.map(assignment -> first(
                        sameTask(lastOf(taskOf(assignment), agentFailed.position(), FAILED)
                                .filter(failed -> failed.position() > assignment.position())),
                        assignment(assigned)))
                .orElse(List.of());
    }

    private static Optional<Cause> sameTask(Optional<RecordedEvent> cause) {
        return cause.map(event -> new Cause(event, Rule.SAME_TASK));
    }

    private static Optional<Cause> assignment(Optional<RecordedEvent> cause) {
        return cause.map(event -> new Cause(event, Rule.ASSIGNMENT));
    }

    @SafeVarargs
    private static List<Cause> first(Optional<Cause>... causes) {
        return Stream.of(causes).flatMap(Optional::stream).limit(1).toList();
    }

    private static String taskOf(RecordedEvent event) {
        return text(payload(event), "taskId");
    }

    private static String text(JsonNode payload, String field) {
        return payload.path(field).asString("");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .toList();
    }

    /** Imported history may hold anything: what is no JSON says nothing. */
    private static JsonNode payload(RecordedEvent event) {
        try {
            return event.payload().tree();
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }
}
