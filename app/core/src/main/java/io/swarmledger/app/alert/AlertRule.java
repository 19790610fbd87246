package io.swarmledger.app.alert;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * When an alert is raised.
 *
 * @param name by which it is told from others
 * @param on what it looks at
 * @param threshold how much of that is too much; {@code null} where there is nothing to count
 * @param swarm it looks at that one alone; {@code null} for all
 * @param lasting how long it must hold before it is raised; its property is called {@code for}
 */
public record AlertRule(
        String name, On on, Double threshold, String swarm, @Name("for") @DefaultValue("0s") Duration lasting) {

    private static final int LONGEST = 100;
    private static final Set<On> OF_THE_LEDGER = Set.of(On.DEAD_LETTERS, On.LAG);

    /** What there is to look at. */
    public enum On {
        /** Every incident that is open. */
        INCIDENT("incident", false, null),
        /** How many failures of one cause are as they were left. */
        FAILURES("failures", true, 1.0),
        /** An agent that is at work, or a swarm, of which nothing is heard. */
        SILENT("silent", false, null),
        /** Whatever else stands still: tasks that were left or wait for too long, circles, repetitions, failing agents. */
        STUCK("stuck", false, null),
        /** How many events a view has put aside. */
        DEAD_LETTERS("dead-letters", true, 1.0),
        /** How many events somebody who follows the log is behind. */
        LAG("lag", true, null),
        /** What the calls of models in one swarm cost, US dollars. */
        COST("cost", true, null),
        /** How many tokens they took, those of the cache too. */
        TOKENS("tokens", true, null);

        private final String word;
        private final boolean counts;
        private final Double unlessGiven;

        On(String word, boolean counts, Double unlessGiven) {
            this.word = word;
            this.counts = counts;
            this.unlessGiven = unlessGiven;
        }

        public String word() {
            return word;
        }

        /** Whether it is answered by what is asked for with incidents. */
        boolean isOfIncidents() {
            return List.of(INCIDENT, FAILURES, SILENT, STUCK).contains(this);
        }
    }

    /**
     * A rule.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public AlertRule {
        if (name == null || name.isBlank() || name.length() > LONGEST) {
            throw new IllegalArgumentException("name: a rule of alerts has one, of 1 to " + LONGEST + " characters");
        }
        require(
                on != null,
                name,
                "on is missing: incident, failures, silent, stuck, dead-letters, lag, cost or tokens");
        require(threshold == null || on.counts, name, "threshold: there is nothing to count on " + on.word());
        threshold = threshold == null ? on.unlessGiven : threshold;
        require(threshold != null || !on.counts, name, "threshold is missing: on " + on.word() + " needs one");
        require(
                threshold == null || threshold > 0 && Double.isFinite(threshold),
                name,
                "threshold: " + threshold + " is not more than 0");
        require(lasting != null && !lasting.isNegative(), name, "for: " + lasting + " is less than 0");
        swarm = swarm == null || swarm.isBlank() ? null : swarm;
        require(swarm == null || !OF_THE_LEDGER.contains(on), name, "swarm: " + on.word() + " is not a swarm's");
    }

    private static void require(boolean holds, String name, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("rule " + name + ": " + otherwise);
        }
    }
}
