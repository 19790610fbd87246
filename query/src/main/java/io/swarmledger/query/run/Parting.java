package io.swarmledger.query.run;

import io.swarmledger.query.run.Alignment.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where two runs part. What happens to a task, or to an agent beside its tasks, is a course of events of its own: only within
 * one is their order compared, since whatever goes on at the same time has none.
 *
 * @param of task, agent or swarm
 * @param a the step of the first run, {@code null} if it has none there
 * @param b likewise
 * @param positionA of that step, or of the last one before it in which both agree; 0 if there is none
 */
record Parting(String of, List<String> differs, RunStep a, RunStep b, long positionA, long positionB) {

    private static final Comparator<Parting> EARLIEST_IN_A = Comparator.comparingLong(Parting::positionA)
            .thenComparing(parting -> parting.a == null)
            .thenComparingLong(Parting::positionB);

    private static final List<String> PRESENCE = List.of("presence");
    private static final String SWARM = "swarm";

    /** How long something waits, and for whom, is chance. */
    private static final Set<String> WAITING = Set.of("task:queued", "task:blocked");

    /** The earliest in the order of the first run; {@code null} if they do not part. */
    static Parting earliest(Run a, Run b, Alignment alignment) {
        Map<String, List<RunStep>> ofA = courses(a);
        Map<String, List<RunStep>> ofB = courses(b);
        List<Parting> partings = new ArrayList<>();
        TreeMap<Long, Long> agreedByA = new TreeMap<>();
        TreeMap<Long, Long> agreedByB = new TreeMap<>();
        ofA.forEach((course, steps) -> {
            String other = inB(course, alignment);
            List<RunStep> others = other == null ? List.of() : ofB.getOrDefault(other, List.of());
            ofB.remove(other);
            part(course, steps, others, alignment, partings, agreedByA, agreedByB);
        });
        ofB.forEach((course, steps) -> partings.add(new Parting(of(course), PRESENCE, null, steps.get(0), 0, 0)));
        return partings.stream()
                .map(parting -> parting.placed(agreedByA, agreedByB))
                .min(EARLIEST_IN_A)
                .orElse(null);
    }

    private static Map<String, List<RunStep>> courses(Run run) {
        Map<String, List<RunStep>> courses = new LinkedHashMap<>();
        run.steps.forEach(step ->
                courses.computeIfAbsent(course(step), none -> new ArrayList<>()).add(step));
        return courses;
    }

    private static String course(RunStep step) {
        return step.task() != null ? "task " + step.task() : step.agent() != null ? "agent " + step.agent() : SWARM;
    }

    private static String of(String course) {
        return course.equals(SWARM) ? course : course.substring(0, course.indexOf(' '));
    }

    /** {@code null} where the second run has none. */
    private static String inB(String course, Alignment alignment) {
        if (course.equals(SWARM)) {
            return course;
        }
        String of = of(course);
        Map<String, Match> matches = of.equals("task") ? alignment.tasks() : alignment.agents();
        Match match = matches.get(course.substring(of.length() + 1));
        return match == null ? null : of + " " + match.other();
    }

    private static void part(
            String course,
            List<RunStep> steps,
            List<RunStep> others,
            Alignment alignment,
            List<Parting> partings,
            Map<Long, Long> agreedByA,
            Map<Long, Long> agreedByB) {
        for (int i = 0; i < Math.max(steps.size(), others.size()); i++) {
            RunStep one = i < steps.size() ? steps.get(i) : null;
            RunStep other = i < others.size() ? others.get(i) : null;
            List<String> differs = one == null || other == null ? PRESENCE : one.differs(other, alignment::isSameAgent);
            if (!differs.isEmpty()) {
                partings.add(new Parting(of(course), differs, one, other, 0, 0));
                return;
            }
            agreedByA.put(one.position(), other.position());
            agreedByB.put(other.position(), one.position());
        }
    }

    private Parting placed(TreeMap<Long, Long> agreedByA, TreeMap<Long, Long> agreedByB) {
        return new Parting(
                of,
                differs,
                a,
                b,
                a != null ? a.position() : before(agreedByB, b),
                b != null ? b.position() : before(agreedByA, a));
    }

    private static long before(TreeMap<Long, Long> agreed, RunStep step) {
        Map.Entry<Long, Long> last = agreed.lowerEntry(step.position());
        return last == null ? 0 : last.getValue();
    }
}
