package io.swarmledger.query.suspect;

import io.swarmledger.query.Cut;
import io.swarmledger.query.suspect.Suspects.Reason;
import io.swarmledger.query.suspect.Suspects.Suspect;
import io.swarmledger.query.suspect.Suspects.SuspectStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is put forward against agents and their steps, and who comes first for it. */
final class Charges {

    private final Map<Key, Charge> charges = new LinkedHashMap<>();
    private Step failure;

    private record Key(String agent, long position) {}

    /** What is put forward against one step. */
    private static final class Charge {

        private final String agent;
        private final Step step;
        private final Map<SuspectRule, Reason> reasons = new EnumMap<>(SuspectRule.class);
        private final Set<Long> failures = new HashSet<>();

        Charge(String agent, Step step) {
            this.agent = agent;
            this.step = step;
        }

        int weight() {
            return reasons.values().stream().mapToInt(Reason::weight).sum();
        }

        int failures() {
            return failures.size();
        }

        long position() {
            return step.position();
        }
    }

    /** An agent with its steps. */
    private static final class Accused {

        private final String agent;
        private final List<Integer> ranks = new ArrayList<>();
        private final Set<SuspectRule> rules = EnumSet.noneOf(SuspectRule.class);
        private final Set<Long> failures = new HashSet<>();
        private long first = Long.MAX_VALUE;

        Accused(String agent) {
            this.agent = agent;
        }

        int weight() {
            return rules.stream().mapToInt(SuspectRule::weight).sum();
        }

        int failures() {
            return failures.size();
        }

        long first() {
            return first;
        }
    }

    /** What is put forward from now on is about that failure. */
    void of(Step next) {
        failure = next;
    }

    /** One reason more; what the same rule has already said of a step stays as it was said first. */
    void against(String agent, Step step, SuspectRule rule, String why, List<Step> events) {
        Charge charge = charges.computeIfAbsent(new Key(agent, step.position()), key -> new Charge(agent, step));
        charge.failures.add(failure.position());
        charge.reasons.computeIfAbsent(
                rule,
                none -> new Reason(
                        rule.label(),
                        rule.weight(),
                        why,
                        events.stream()
                                .limit(Suspects.LISTED)
                                .map(Step::exhibit)
                                .toList(),
                        events.size()));
    }

    private List<Charge> ranked() {
        return charges.values().stream()
                .sorted(Comparator.comparingInt(Charge::weight)
                        .thenComparingInt(Charge::failures)
                        .reversed()
                        .thenComparingLong(Charge::position))
                .toList();
    }

    long stepCount() {
        return charges.size();
    }

    /** The steps, the worst first. */
    List<SuspectStep> steps(int limit) {
        Cut<SuspectStep> steps = new Cut<>(limit);
        for (Charge charge : ranked()) {
            SuspectStep step = new SuspectStep(
                    steps.items().size() + 1,
                    charge.agent,
                    charge.weight(),
                    charge.failures(),
                    charge.step.exhibit(),
                    List.copyOf(charge.reasons.values()));
            if (!steps.fits(step.characters())) {
                break;
            }
            steps.add(step);
        }
        return steps.items();
    }

    /** The agents that are known, the worst first. */
    List<Suspect> agents() {
        Map<String, Accused> agents = new LinkedHashMap<>();
        int rank = 0;
        for (Charge charge : ranked()) {
            rank++;
            if (charge.agent != null) {
                Accused accused = agents.computeIfAbsent(charge.agent, Accused::new);
                accused.ranks.add(rank);
                accused.rules.addAll(charge.reasons.keySet());
                accused.failures.addAll(charge.failures);
                accused.first = Math.min(accused.first, charge.position());
            }
        }
        List<Accused> ranked = agents.values().stream()
                .sorted(Comparator.comparingInt(Accused::weight)
                        .thenComparingInt(Accused::failures)
                        .reversed()
                        .thenComparingLong(Accused::first))
                .toList();
        List<Suspect> suspects = new ArrayList<>();
        for (Accused accused : ranked) {
            suspects.add(new Suspect(
                    suspects.size() + 1,
                    accused.agent,
                    accused.weight(),
                    accused.failures(),
                    accused.rules.stream().map(SuspectRule::label).toList(),
                    accused.ranks.stream().limit(Suspects.LISTED).toList()));
        }
        return suspects;
    }
}
