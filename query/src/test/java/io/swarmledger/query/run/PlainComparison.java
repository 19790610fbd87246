package io.swarmledger.query.run;

import io.swarmledger.query.run.RandomRun.Placed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares two runs whose ids have nothing in common: each question is asked of all of their events, again and again. */
final class PlainComparison {

    private final List<Placed> a;
    private final List<Placed> b;
    private final Map<String, String> tasks = new HashMap<>();
    private final Map<String, String> agents = new HashMap<>();

    PlainComparison(List<Placed> a, List<Placed> b) {
        this.a = a;
        this.b = b;
        pair(ids(a, "task"), ids(b, "task"), tasks, "task:created", "taskType", "title");
        pair(ids(a, "agent"), ids(b, "agent"), agents, "agent:spawned", "role", "role");
    }

    /** In the order in which they are first told of. */
    private static List<String> ids(List<Placed> run, String kind) {
        Set<String> ids = new LinkedHashSet<>();
        for (Placed one : run) {
            if (one.type().startsWith(kind)) {
                ids.add(one.id());
            }
            if (one.field(kind + "Id") != null) {
                ids.add((String) one.field(kind + "Id"));
            }
        }
        return List.copyOf(ids);
    }

    private void pair(
            List<String> ofA, List<String> ofB, Map<String, String> pairs, String birth, String one, String other) {
        for (String id : ofA) {
            for (String candidate : ofB) {
                if (!pairs.containsKey(id)
                        && !pairs.containsValue(candidate)
                        && said(a, id, birth, one).equals(said(b, candidate, birth, one))
                        && said(a, id, birth, other).equals(said(b, candidate, birth, other))) {
                    pairs.put(id, candidate);
                }
            }
        }
    }

    private static String said(List<Placed> run, String id, String type, String field) {
        Object said = null;
        for (Placed one : run) {
            if (one.id().equals(id) && one.type().equals(type)) {
                said = one.field(field);
            }
        }
        return "" + said;
    }

    /** Each task that differs, beside the one that it matches, with what it differs in. */
    List<String> tasks() {
        List<String> told = new ArrayList<>();
        for (String id : ids(a, "task")) {
            String other = tasks.get(id);
            List<String> differs = other == null ? List.of("presence") : differs(id, other);
            if (!differs.isEmpty()) {
                told.add(id + " " + (other == null ? "none" : other) + " " + differs);
            }
        }
        for (String id : ids(b, "task")) {
            if (!tasks.containsValue(id)) {
                told.add("none " + id + " [presence]");
            }
        }
        return told;
    }

    private List<String> differs(String id, String other) {
        List<String> differs = new ArrayList<>();
        if (!outcome(a, id).equals(outcome(b, other))) {
            differs.add("outcome");
        }
        if (!all(a, id, "task:failed", "error").equals(all(b, other, "task:failed", "error"))) {
            differs.add("failures");
        }
        if (all(a, id, "task:started", "agentId").size()
                != all(b, other, "task:started", "agentId").size()) {
            differs.add("attempts");
        }
        if (!last(a, id, "task:completed", "result").equals(last(b, other, "task:completed", "result"))) {
            differs.add("result");
        }
        String agent = last(a, id, "task:started", "agentId");
        String otherAgent = last(b, other, "task:started", "agentId");
        if (!agents.getOrDefault(agent, agent).equals(otherAgent)) {
            differs.add("agent");
        }
        if (place(a, id, tasks.keySet().stream().toList(), true)
                != place(b, other, List.copyOf(tasks.values()), false)) {
            differs.add("order");
        }
        if (calls(a, id) != calls(b, other)) {
            differs.add("calls");
        }
        if (!last(a, id, "task:completed", "duration").equals(last(b, other, "task:completed", "duration"))) {
            differs.add("duration");
        }
        return differs;
    }

    /** Of events before it was created nothing is left. */
    private static List<Placed> of(List<Placed> run, String id) {
        List<Placed> own = new ArrayList<>();
        for (Placed one : run) {
            if (one.type().equals("task:created") && one.id().equals(id)) {
                own.clear();
            }
            if (one.id().equals(id) || id.equals(one.field("taskId"))) {
                own.add(one);
            }
        }
        return own;
    }

    private static List<Object> all(List<Placed> run, String id, String type, String field) {
        List<Object> all = new ArrayList<>();
        of(run, id).stream().filter(one -> one.type().equals(type)).forEach(one -> all.add(one.field(field)));
        return all;
    }

    private static String last(List<Placed> run, String id, String type, String field) {
        List<Object> all = all(run, id, type, field);
        return all.isEmpty() ? "none" : "" + all.get(all.size() - 1);
    }

    private static long calls(List<Placed> run, String id) {
        return of(run, id).stream()
                .filter(one -> one.type().endsWith("-called"))
                .count();
    }

    private static String outcome(List<Placed> run, String id) {
        String outcome = "task:created";
        for (Placed one : of(run, id)) {
            outcome = one.type().startsWith("task:") ? one.type() : outcome;
        }
        return outcome;
    }

    private boolean isCompletedInBoth(String id, boolean isOfA) {
        for (Map.Entry<String, String> pair : tasks.entrySet()) {
            if ((isOfA ? pair.getKey() : pair.getValue()).equals(id)) {
                return outcome(a, pair.getKey()).equals("task:completed")
                        && outcome(b, pair.getValue()).equals("task:completed");
            }
        }
        return false;
    }

    private int place(List<Placed> run, String id, List<String> matched, boolean isOfA) {
        if (!isCompletedInBoth(id, isOfA)) {
            return 0;
        }
        int place = 1;
        for (String other : matched) {
            if (isCompletedInBoth(other, isOfA) && completedAt(run, other) < completedAt(run, id)) {
                place++;
            }
        }
        return place;
    }

    private static long completedAt(List<Placed> run, String id) {
        long at = 0;
        for (Placed one : run) {
            at = one.id().equals(id) && one.type().equals("task:completed") ? one.position() : at;
        }
        return at;
    }

    /** The positions of the events at which they part first, in the order of the first. */
    String parting() {
        Set<String> courses = new LinkedHashSet<>();
        a.forEach(one -> courses.add(course(one)));
        b.forEach(one -> courses.add(inA(course(one))));
        String earliest = "none";
        long best = Long.MAX_VALUE;
        Map<Long, Long> agreed = agreed(courses);
        for (String course : courses) {
            List<Placed> ours = ofCourse(a, course);
            List<Placed> theirs = ofCourse(b, inB(course));
            int same = sameSteps(ours, theirs);
            Placed one = same < ours.size() ? ours.get(same) : null;
            Placed other = same < theirs.size() ? theirs.get(same) : null;
            if (one != null || other != null) {
                // Behind the event that it follows comes what only the second has, in the order that it has there.
                long place =
                        one != null ? one.position() * 1_000_000 : before(agreed, other) * 1_000_000 + other.position();
                if (place < best) {
                    best = place;
                    earliest = (one == null ? "none" : "" + one.position()) + " "
                            + (other == null ? "none" : "" + other.position());
                }
            }
        }
        return earliest;
    }

    /** By position in the second, of the steps up to which a course is the same, the position in the first. */
    private Map<Long, Long> agreed(Set<String> courses) {
        Map<Long, Long> agreed = new HashMap<>();
        for (String course : courses) {
            List<Placed> ours = ofCourse(a, course);
            List<Placed> theirs = ofCourse(b, inB(course));
            for (int i = 0; i < sameSteps(ours, theirs); i++) {
                agreed.put(theirs.get(i).position(), ours.get(i).position());
            }
        }
        return agreed;
    }

    private static long before(Map<Long, Long> agreed, Placed step) {
        return agreed.entrySet().stream()
                .filter(one -> one.getKey() < step.position())
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .orElse(0L);
    }

    private int sameSteps(List<Placed> ours, List<Placed> theirs) {
        int same = 0;
        while (same < ours.size() && same < theirs.size() && isSame(ours.get(same), theirs.get(same))) {
            same++;
        }
        return same;
    }

    /** Who did it to a task is known from its start on. */
    private boolean isSame(Placed one, Placed other) {
        return one.type().equals(other.type())
                && isSameAgent(who(a, one), who(b, other))
                && isSameAgent((String) one.field("to"), (String) other.field("to"))
                && List.of("tool", "model", "error", "result", "newPhase", "role", "title", "taskType").stream()
                        .allMatch(field -> Objects.equals(one.field(field), other.field(field)));
    }

    private static String who(List<Placed> run, Placed step) {
        if (step.type().startsWith("agent:")) {
            return step.id();
        }
        Object who = step.field("agentId");
        boolean isKnown = step.type().equals("task:completed") || step.type().equals("task:failed");
        for (Placed one : isKnown ? of(run, step.id()) : List.<Placed>of()) {
            who = one.position() < step.position() && one.type().equals("task:started") ? one.field("agentId") : who;
        }
        return (String) who;
    }

    private boolean isSameAgent(String one, String other) {
        return one == null || one.equals("user")
                ? Objects.equals(one, other)
                : Objects.equals(agents.get(one), other) && other != null;
    }

    private static String course(Placed one) {
        return one.type().startsWith("task:")
                ? one.id()
                : one.field("taskId") != null
                        ? (String) one.field("taskId")
                        : one.type().startsWith("agent:") ? one.id() : "swarm";
    }

    private static List<Placed> ofCourse(List<Placed> run, String course) {
        return run.stream().filter(one -> course(one).equals(course)).toList();
    }

    private String inB(String course) {
        return tasks.getOrDefault(course, agents.getOrDefault(course, course));
    }

    private String inA(String course) {
        for (Map<String, String> pairs : List.of(tasks, agents)) {
            for (Map.Entry<String, String> pair : pairs.entrySet()) {
                if (pair.getValue().equals(course)) {
                    return pair.getKey();
                }
            }
        }
        return course;
    }
}
