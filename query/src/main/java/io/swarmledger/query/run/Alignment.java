package io.swarmledger.query.run;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which task and which agent of a run is which of another: by their ids, and those that have none in common by what they are
 * called, of equals by their order.
 */
final class Alignment {

    static final String BY_ID = "id";

    private static final String USER = "user";

    private final Run a;
    private final Run b;
    private final Map<String, Match> tasks;
    private final Map<String, Match> agents;

    /**
     * What one of the first run is in the second.
     *
     * @param by what tells that
     */
    record Match(String other, String by) {}

    Alignment(Run a, Run b) {
        this.a = a;
        this.b = b;
        tasks = match(a.tasks, b.tasks, task -> task.type + "\n" + task.title, "title");
        agents = match(a.agents, b.agents, agent -> agent.name + "\n" + agent.role, "role");
    }

    /** By task of the first run; those that match none are not in it. */
    Map<String, Match> tasks() {
        return tasks;
    }

    /** By agent of the first run, likewise. */
    Map<String, Match> agents() {
        return agents;
    }

    private static <T> Map<String, Match> match(
            Map<String, T> ofA, Map<String, T> ofB, Function<T, String> called, String by) {
        Map<String, Match> matches = new LinkedHashMap<>();
        Map<String, Deque<String>> left = new HashMap<>();
        ofB.forEach((id, one) -> {
            if (!ofA.containsKey(id)) {
                left.computeIfAbsent(called.apply(one), none -> new ArrayDeque<>())
                        .add(id);
            }
        });
        ofA.forEach((id, one) -> {
            Deque<String> alike = left.get(called.apply(one));
            if (ofB.containsKey(id)) {
                matches.put(id, new Match(id, BY_ID));
            } else if (alike != null && !alike.isEmpty()) {
                matches.put(id, new Match(alike.poll(), by));
            }
        });
        return matches;
    }

    /** Whether an agent of the first run is that one of the second; of others it is known only whether they are people. */
    boolean isSameAgent(String ofA, String ofB) {
        if (ofA == null || ofB == null) {
            return ofA == null && ofB == null;
        }
        Match match = agents.get(ofA);
        if (match != null || a.agents.containsKey(ofA) || b.agents.containsKey(ofB)) {
            return match != null && match.other().equals(ofB);
        }
        return ofA.equals(USER) == ofB.equals(USER);
    }

    /** Those of the second run that match none of the first. */
    static Collection<String> onlyInB(Map<String, Match> matches, Collection<String> ofB) {
        Collection<String> matched = matches.values().stream().map(Match::other).collect(Collectors.toSet());
        return ofB.stream().filter(id -> !matched.contains(id)).toList();
    }
}
