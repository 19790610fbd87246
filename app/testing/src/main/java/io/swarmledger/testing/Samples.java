package io.swarmledger.testing;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One whole event of each known type, made from what each field of the contract may look like: what a projection, a fold or
 * a handler has to get along with.
 */
public final class Samples {

    /** When the history of a stream happened, for those of its events that do not say: to the fraction, as imports. */
    public static final double BEFORE = 1_767_517_200_000.25;

    /** When the commands arrive. */
    public static final double NOW = BEFORE + 5_000;

    private static final Map<String, Object> FIELDS = Map.ofEntries(
            Map.entry("agentId", "agent-1"),
            Map.entry("taskId", "task-1"),
            Map.entry("memoryId", "memory-1"),
            Map.entry("role", "coder"),
            Map.entry("domain", "core"),
            Map.entry("capabilities", List.of("java", "sql")),
            Map.entry("reason", "work done"),
            Map.entry("error", "out of memory"),
            Map.entry("stack", "at compile:7"),
            Map.entry("previousStatus", "active"),
            Map.entry("newStatus", "blocked"),
            Map.entry("result", Map.of("files", List.of("A.java"), "passed", true)),
            Map.entry("duration", 4_000d),
            Map.entry("taskType", "feature"),
            Map.entry("title", "Parse the log"),
            Map.entry("description", "row by row"),
            Map.entry("priority", "high"),
            Map.entry("dependencies", List.of("task-0")),
            Map.entry("retryCount", 2L),
            Map.entry("blockedBy", List.of("task-0", "task-9")),
            Map.entry("namespace", "patterns"),
            Map.entry("key", "retry"),
            Map.entry("memoryType", "episodic"),
            Map.entry("size", 2_048L),
            Map.entry("accessCount", 7L),
            Map.entry("topology", "hierarchical"),
            Map.entry("maxAgents", 15L),
            Map.entry("config", Map.of("consensus", "raft")),
            Map.entry("previousAgentCount", 3L),
            Map.entry("newAgentCount", 8L),
            Map.entry("metrics", Map.of("tasks", 12)),
            Map.entry("previousPhase", "design"),
            Map.entry("newPhase", "build"),
            Map.entry("milestoneId", "m-1"),
            Map.entry("name", "first light"),
            Map.entry("context", Map.of("host", "h-1")),
            Map.entry("parentAgentId", "agent-0"),
            Map.entry("parentTaskId", "task-0"),
            Map.entry("sessionId", "session-1"),
            Map.entry("model", "claude-sonnet-4-5"),
            Map.entry("callId", "call-1"),
            Map.entry("tool", "Bash"),
            Map.entry("inputSize", 64L),
            Map.entry("inputDigest", "9f86d081"),
            Map.entry("outputSize", 11L),
            Map.entry("outputDigest", "60303ae2"),
            Map.entry("input", Map.of("command", "make test")),
            Map.entry("output", List.of("Exit code 1")),
            Map.entry("inputTokens", 1_201L),
            Map.entry("outputTokens", 80L),
            Map.entry("cacheReadTokens", 4_000L),
            Map.entry("cacheWriteTokens", 300L),
            Map.entry("costUsd", 0.0093),
            Map.entry("stopReason", "end_turn"),
            Map.entry("to", "user"),
            Map.entry("digest", "2cf24dba"),
            Map.entry("text", "hello"));

    private Samples() {}

    /** One whole event of each of the known types. */
    public static Stream<LedgerEvent> events() {
        return EventTypes.all().values().stream().map(Samples::of);
    }

    /** A whole event: no field is null. */
    public static <E extends LedgerEvent> E of(Class<E> record) {
        return build(record, component -> {
            Object sample =
                    component.getName().endsWith("At") ? Double.valueOf(BEFORE) : FIELDS.get(component.getName());
            if (sample == null) {
                throw new IllegalStateException(record + " has a field without a sample: " + component.getName());
            }
            return sample;
        });
    }

    /** An event that says nothing: every field is null. */
    public static <E extends LedgerEvent> E saysNothing(Class<E> record) {
        return build(record, component -> null);
    }

    /** The same event with another value in one field. */
    public static LedgerEvent with(LedgerEvent event, String field, Object value) {
        return build(
                event.getClass(), component -> component.getName().equals(field) ? value : valueOf(component, event));
    }

    /** The id of the aggregate that the sample is of. */
    public static String idOf(LedgerEvent event) {
        return typeOf(event).equals("swarm") ? "swarm-1" : typeOf(event) + "-1";
    }

    /** The aggregate type of a known event. */
    public static String typeOf(LedgerEvent event) {
        return EventTypes.nameOf(event).replaceFirst(":.*", "");
    }

    /** The fields of an event that hold values of that class. */
    public static Stream<String> fieldsOf(LedgerEvent event, Class<?> type) {
        return Arrays.stream(event.getClass().getRecordComponents())
                .filter(component -> component.getType().equals(type))
                .map(RecordComponent::getName);
    }

    /** What a field of an event holds. */
    public static Object valueOf(LedgerEvent event, String field) {
        return Arrays.stream(event.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(field))
                .map(component -> valueOf(component, event))
                .findFirst()
                .orElse(null);
    }

    /** A record whose components a function chooses. */
    public static <E extends LedgerEvent> E build(Class<E> record, Function<RecordComponent, Object> value) {
        RecordComponent[] components = record.getRecordComponents();
        try {
            Constructor<E> constructor = record.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(Arrays.stream(components).map(value).toArray());
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(record + " cannot be built", failure);
        }
    }

    private static Object valueOf(RecordComponent component, LedgerEvent event) {
        try {
            return component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(component + " cannot be read", failure);
        }
    }
}
