package io.swarmledger.query.suspect;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who may have caused what failed, and by which steps, the most likely first: by named rules over what is recorded, never
 * by a guess. Of equal weight what more of the failures lead to comes first, and of those whatever came first in the log.
 *
 * @param taskId that was asked about; {@code null} if it was a swarm
 * @param swarmId in which it failed
 * @param failures what failed and is looked into, the newest {@value #LISTED}
 * @param failureCount how many they are
 * @param considered how many events before that were looked at, the newest of that swarm
 * @param from the position of the first of them
 * @param isWhole whether there are none before; what led here earlier than that is not known otherwise
 * @param rules every rule there is, with what it weighs
 */
public record Suspects(
        String taskId,
        String swarmId,
        List<Exhibit> failures,
        long failureCount,
        List<Suspect> agents,
        long agentCount,
        List<SuspectStep> steps,
        long stepCount,
        long considered,
        long from,
        boolean isWhole,
        List<RuleWeight> rules) {

    /** So many events are listed of any kind. */
    public static final int LISTED = 20;

    /** A rule, and what it weighs. */
    public record RuleWeight(String rule, int weight, String says) {}

    /**
     * An agent.
     *
     * @param rank from 1
     * @param weight the sum over its rules, each once
     * @param failures how many of the failures lead to it
     * @param rules those that speak against it
     * @param steps its steps among all of them, by their ranks, the first {@value Suspects#LISTED}
     */
    public record Suspect(int rank, String agentId, int weight, int failures, List<String> rules, List<Integer> steps) {

        long characters() {
            return agentId.length() + rules.size() * 20L + steps.size() * 5L;
        }
    }

    /**
     * A step.
     *
     * @param rank from 1
     * @param agentId whom it speaks against; {@code null} if nobody is known
     * @param weight the sum over its reasons
     * @param failures how many of the failures lead to it
     */
    public record SuspectStep(int rank, String agentId, int weight, int failures, Exhibit step, List<Reason> reasons) {

        long characters() {
            return step.characters()
                    + reasons.stream().mapToLong(Reason::characters).sum();
        }
    }

    /**
     * What speaks against a step.
     *
     * @param rule the label of its {@link SuspectRule}
     * @param why in words
     * @param events that show it, in the order of the log, the first {@value Suspects#LISTED}
     * @param eventCount how many they are
     */
    public record Reason(String rule, int weight, String why, List<Exhibit> events, long eventCount) {

        long characters() {
            return why.length() + events.stream().mapToLong(Exhibit::characters).sum();
        }
    }

    /**
     * An event, as much of it as one needs to know it again.
     *
     * @param timestamp epoch milliseconds
     * @param said the beginning of what it says of itself; {@code null} if nothing
     */
    public record Exhibit(
            String eventId, long position, String type, String aggregateId, double timestamp, String said) {

        long characters() {
            return Stream.of(eventId, type, aggregateId, said == null ? "" : said)
                    .mapToLong(String::length)
                    .sum();
        }
    }
}
