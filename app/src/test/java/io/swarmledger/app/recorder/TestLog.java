package io.swarmledger.app.recorder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A log in memory: facts in the order in which they were recorded, each once. */
public final class TestLog implements Known {

    private final Map<String, Fact> facts = new LinkedHashMap<>();

    /** Records those that are new; answers how many were. */
    public int record(List<Fact> told) {
        int before = facts.size();
        told.forEach(fact -> facts.putIfAbsent(fact.id(), fact));
        return facts.size() - before;
    }

    /** Records all that a source has. */
    public int record(Facts source) {
        int before = facts.size();
        for (Optional<Fact> next = source.next(); next.isPresent(); next = source.next()) {
            record(List.of(next.get()));
        }
        return facts.size() - before;
    }

    public List<Fact> facts() {
        return List.copyOf(facts.values());
    }

    public List<Fact> of(String type) {
        return facts.values().stream().filter(fact -> fact.type().equals(type)).toList();
    }

    public Fact only(String type) {
        List<Fact> of = of(type);
        if (of.size() != 1) {
            throw new AssertionError(type + ": " + of);
        }
        return of.get(0);
    }

    @Override
    public boolean has(String eventId) {
        return facts.containsKey(eventId);
    }

    @Override
    public Optional<Event> event(String eventId) {
        return Optional.ofNullable(facts.get(eventId)).map(TestLog::event);
    }

    @Override
    public List<Event> last(String aggregateId, int most, String... types) {
        List<Event> events = facts.values().stream()
                .filter(fact -> fact.aggregateId().equals(aggregateId))
                .filter(fact -> Set.of(types).contains(fact.type()))
                .map(TestLog::event)
                .toList();
        return events.subList(Math.max(0, events.size() - most), events.size());
    }

    private static Event event(Fact fact) {
        double time = fact.timestamp() == null ? 0 : fact.timestamp();
        return new Event(fact.id(), fact.type(), time, fact.payload(), fact.metadata());
    }

    /** What became of all agents, tasks, calls and messages, without times and texts. */
    public Map<String, String> standing() {
        Map<String, List<String>> lines = new TreeMap<>();
        for (Fact fact : facts.values()) {
            String text = text(fact);
            if (text != null) {
                lines.computeIfAbsent(fact.aggregateId(), any -> new ArrayList<>())
                        .add(text);
            }
        }
        Map<String, String> standing = new TreeMap<>();
        lines.forEach((id, of) -> standing.put(id, isOrdered(id) ? last(of) : new TreeSet<>(of).toString()));
        return standing;
    }

    private static boolean isOrdered(String id) {
        return id.matches(".*:\\d+");
    }

    /** A task is what it was last created as and what came then. */
    private static String last(List<String> of) {
        int created = of.size() - 1;
        while (created > 0 && !of.get(created).startsWith("task:created")) {
            created--;
        }
        return of.subList(created, of.size()).toString();
    }

    private static String text(Fact fact) {
        String type = fact.type();
        return switch (type) {
            case "agent:spawned" -> type + " " + said(fact, "role") + " of " + said(fact, "parentAgentId");
            case "agent:tool-called" -> type + " " + said(fact, "callId") + " " + said(fact, "tool") + " "
                    + said(fact, "error");
            case "agent:model-called" -> type + " " + said(fact, "callId") + " " + said(fact, "inputTokens") + " "
                    + said(fact, "outputTokens");
            case "task:created" -> type + " " + said(fact, "title");
            case "task:started", "agent:task-assigned", "agent:task-completed" -> type + " " + said(fact, "agentId")
                    + " " + said(fact, "taskId");
            case "agent:message-sent" -> type + " " + said(fact, "to") + " " + said(fact, "digest");
            default -> type;
        };
    }

    private static String said(Fact fact, String field) {
        return fact.payload().path(field).asString("");
    }
}
