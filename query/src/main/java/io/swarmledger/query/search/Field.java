package io.swarmledger.query.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where in an event a word may be; each is a column of the index, in this order. */
enum Field {
    /** The event's own id, that of its correlation, that of an aggregate of a type that is not ours, of a call. */
    ID,
    TYPE,
    AGENT,
    TASK,
    /** Id, namespace, key and type of a memory. */
    MEMORY,
    SWARM,
    /** Role, name, domain and capabilities of an agent. */
    ROLE,
    /** Title, description and type of a task. */
    TITLE,
    TOOL,
    MODEL,
    /** Error, stack and reason. */
    ERROR,
    /** Whatever else is in payload and metadata, each behind its name. */
    TEXT;

    /** By the name that they have in a payload. */
    private static final Map<String, Field> BY_NAME = Map.ofEntries(
            Map.entry("agentId", AGENT),
            Map.entry("to", AGENT),
            Map.entry("parentAgentId", AGENT),
            Map.entry("taskId", TASK),
            Map.entry("parentTaskId", TASK),
            Map.entry("dependencies", TASK),
            Map.entry("blockedBy", TASK),
            Map.entry("memoryId", MEMORY),
            Map.entry("namespace", MEMORY),
            Map.entry("key", MEMORY),
            Map.entry("memoryType", MEMORY),
            Map.entry("swarmId", SWARM),
            Map.entry("role", ROLE),
            Map.entry("name", ROLE),
            Map.entry("domain", ROLE),
            Map.entry("capabilities", ROLE),
            Map.entry("title", TITLE),
            Map.entry("description", TITLE),
            Map.entry("taskType", TITLE),
            Map.entry("tool", TOOL),
            Map.entry("model", MODEL),
            Map.entry("error", ERROR),
            Map.entry("stack", ERROR),
            Map.entry("reason", ERROR),
            Map.entry("callId", ID),
            Map.entry("aggregateId", ID),
            Map.entry("correlationId", ID));

    /** Those of which aggregates are. */
    static final List<Field> OF_AGGREGATES = List.of(AGENT, TASK, MEMORY, SWARM);

    /** All columns of the index. */
    static final String COLUMNS =
            Arrays.stream(values()).map(Field::column).collect(Collectors.joining(", ")) + ", mark";

    /** An event into such a table: its position, its texts in the order of the fields, its mark. */
    static final String INSERT =
            "INSERT INTO EventWords (rowid, " + COLUMNS + ") VALUES (?" + ", ?".repeat(values().length + 1) + ")";

    /** As callers and the index call it. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** That of a text by the name that it has in a payload. */
    static Field ofName(String name) {
        return name == null ? TEXT : BY_NAME.getOrDefault(name, TEXT);
    }

    /** That of the ids of aggregates of a type. */
    static Field ofAggregate(String type) {
        return of(type).filter(OF_AGGREGATES::contains).orElse(ID);
    }

    /** By the name that callers know, or that it has in a payload. */
    static Optional<Field> of(String name) {
        return Arrays.stream(values())
                .filter(field -> field.column().equalsIgnoreCase(name))
                .findFirst()
                .or(() -> BY_NAME.keySet().stream()
                        .filter(known -> known.equalsIgnoreCase(name))
                        .findFirst()
                        .map(BY_NAME::get));
    }
}
