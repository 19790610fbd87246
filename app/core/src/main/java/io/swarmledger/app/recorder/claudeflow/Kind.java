package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.imports.EventDatabase;
import io.swarmledger.events.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a file of claude-flow's holds: by how it begins, and where that says nothing, by its place. */
enum Kind {
    SWARMS("swarm/swarm-state.json"),
    SWARM(".swarm/state.json"),
    AGENTS("agents/store.json"),
    TASKS("tasks/store.json"),
    POLICY("policy/state.json"),
    GUIDANCE("guidance/events.ndjson"),
    CONSOLE("console/events.jsonl"),
    TRANSCRIPT(null),
    MEMORY(null),
    LOG(null),
    SNAPSHOTS(null);

    private static final byte[] LOG_BEGINNING = "RVFL".getBytes(StandardCharsets.US_ASCII);

    private final String place;

    Kind(String place) {
        this.place = place;
    }

    /** What is in that file; empty if it is none of claude-flow's state. */
    static Optional<Kind> of(Path file, byte[] beginning) {
        if (startsWith(beginning, LOG_BEGINNING)) {
            return Optional.of(file.getFileName().toString().endsWith(".snap.rvf") ? SNAPSHOTS : LOG);
        }
        if (EventDatabase.isSqlite(beginning)) {
            return MemoryEntries.areIn(file) ? Optional.of(MEMORY) : Optional.empty();
        }
        Map<String, Set<String>> names = namesIn(beginning);
        return byNames(names).or(() -> byPlace(file, names));
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static Optional<Kind> byNames(Map<String, Set<String>> names) {
        if (names.keySet().containsAll(Set.of("agent", "kind", "ts"))) {
            return Optional.of(TRANSCRIPT);
        }
        if (names.keySet().containsAll(Set.of("t", "kind", "level", "text"))) {
            return Optional.of(CONSOLE);
        }
        if (names.keySet().containsAll(Set.of("eventId", "guidanceHash"))) {
            return Optional.of(GUIDANCE);
        }
        if (holds(names, "agents", "agentId", "agentType")) {
            return Optional.of(AGENTS);
        }
        if (holds(names, "tasks", "taskId", "createdAt")) {
            return Optional.of(TASKS);
        }
        if (holds(names, "swarms", "swarmId", "topology")) {
            return Optional.of(SWARMS);
        }
        if (names.containsKey("receipts") || names.keySet().containsAll(Set.of("mode", "rules", "budgets"))) {
            return Optional.of(POLICY);
        }
        return names.keySet().containsAll(Set.of("id", "topology", "maxAgents"))
                ? Optional.of(SWARM)
                : Optional.empty();
    }

    private static boolean holds(Map<String, Set<String>> names, String name, String... anyOf) {
        Set<String> within = names.getOrDefault(name, Set.of());
        return Arrays.stream(anyOf).anyMatch(within::contains);
    }

    /** An empty store, or one that is cut or broken where it begins, tells nothing but its place. */
    private static Optional<Kind> byPlace(Path file, Map<String, Set<String>> names) {
        if (names.containsKey("aggregateId")) {
            return Optional.empty();
        }
        return Arrays.stream(values())
                .filter(kind -> kind.place != null && file.endsWith(kind.place))
                .findFirst();
    }

    /** The names in the first object, as far as it is shown, each with those of the objects within it. */
    private static Map<String, Set<String>> namesIn(byte[] beginning) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        try (JsonParser parser = Json.mapper().createParser(beginning)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                readNames(parser, names);
            }
        } catch (JacksonException cut) {
            return names;
        }
        return names;
    }

    private static void readNames(JsonParser parser, Map<String, Set<String>> names) {
        int depth = 1;
        String outer = null;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.PROPERTY_NAME && depth == 1) {
                outer = parser.currentName();
                names.put(outer, new HashSet<>());
            } else if (token == JsonToken.PROPERTY_NAME) {
                names.get(outer).add(parser.currentName());
            }
        }
    }
}
