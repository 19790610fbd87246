package io.swarmledger.query.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** What may happen in a small swarm: tasks of few titles, tried by few agents, calls, failures, messages. */
final class RandomRun {

    private static final List<String> IDS = List.of("agentId", "taskId", "to");

    private RandomRun() {}

    /**
     * An event; ids are changed on their way into a log.
     *
     * @param fields of its payload, texts and whole numbers
     */
    record Told(String id, String type, Map<String, Object> fields) {

        String payload(UnaryOperator<String> named) {
            List<String> told = new ArrayList<>();
            renamed(named)
                    .forEach((name, value) ->
                            told.add("\"" + name + "\":" + (value instanceof String ? "\"" + value + "\"" : value)));
            return "{" + String.join(",", told) + "}";
        }

        Map<String, Object> renamed(UnaryOperator<String> named) {
            Map<String, Object> all = new LinkedHashMap<>(fields);
            IDS.forEach(name ->
                    all.computeIfPresent(name, (same, id) -> id.equals("user") ? id : named.apply((String) id)));
            return all;
        }
    }

    /** An event in its place. */
    record Placed(long position, String id, String type, Map<String, Object> fields) {

        Object field(String name) {
            return fields.get(name);
        }
    }

    /** Where they are in a log of which so many events are before them. */
    static List<Placed> at(List<Told> events, UnaryOperator<String> named, long before) {
        List<Placed> placed = new ArrayList<>();
        for (Told one : events) {
            placed.add(new Placed(before + placed.size() + 1, named.apply(one.id()), one.type(), one.renamed(named)));
        }
        return placed;
    }

    static List<Told> of(Random random) {
        List<Told> events = new ArrayList<>();
        int agents = 1 + random.nextInt(4);
        int tasks = 1 + random.nextInt(8);
        for (int i = 0; i < agents; i++) {
            events.add(told("agent-" + i, "agent:spawned", "role", pick(random, "coder", "tester")));
        }
        for (int i = 0; i < tasks; i++) {
            events.add(told(
                    "task-" + i,
                    "task:created",
                    "taskType",
                    pick(random, "code", "docs"),
                    "title",
                    pick(random, "one", "two", "three")));
        }
        for (int i = random.nextInt(60); i > 0; i--) {
            events.add(any(random, "agent-" + random.nextInt(agents), "task-" + random.nextInt(tasks)));
        }
        return events;
    }

    private static Told any(Random random, String agent, String task) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> told(task, "task:started", "agentId", agent);
            case 3, 4 -> told(task, "task:completed", "result", random.nextInt(3), "duration", random.nextInt(3));
            case 5 -> told(task, "task:failed", "error", pick(random, "no room", "overloaded"));
            case 6 -> told(agent, "agent:tool-called", "tool", pick(random, "Bash", "Read"), "taskId", task);
            case 7 -> told(agent, "agent:model-called", "model", "m", "inputTokens", random.nextInt(3));
            case 8 -> told(agent, "agent:message-sent", "to", pick(random, "user", "agent-0"));
            default -> told("swarm", "swarm:phase-changed", "newPhase", pick(random, "plan", "build"));
        };
    }

    /** The same with a few events taken away, put elsewhere or told otherwise; now and then with none. */
    static List<Told> changed(List<Told> events, Random random) {
        List<Told> changed = new ArrayList<>(events);
        for (int i = random.nextInt(4); i > 0 && changed.size() > 2; i--) {
            int at = random.nextInt(changed.size());
            switch (random.nextInt(3)) {
                case 0 -> changed.remove(at);
                case 1 -> changed.add(random.nextInt(changed.size()), changed.remove(at));
                default -> changed.set(at, any(random, "agent-0", "task-0"));
            }
        }
        return changed;
    }

    private static Told told(String id, String type, Object... fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            all.put((String) fields[i], fields[i + 1]);
        }
        return new Told(id, type, all);
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... any) {
        return any[random.nextInt(any.length)];
    }
}
