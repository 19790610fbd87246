package io.swarmledger.query.run;

import java.util.List;
import java.util.Map;

/**
 * How two runs differ, task by task and agent by agent, whenever it was that they ran.
 *
 * @param divergence where they part first; {@code null} if they do not
 * @param matched how many tasks of the one are tasks of the other
 * @param same how many of those differ in nothing
 * @param onlyInA how many have none that they match
 * @param differing how many matched tasks differ in each field in which any do
 * @param agents those that are not alike in both, at most {@value #AGENTS}
 * @param agentCount how many that are
 * @param items tasks that differ: first those that ended otherwise, last those that only took longer or cost more
 * @param total how many there are
 * @param next the cursor of the page that comes then; {@code null} if there is none
 */
public record RunComparison(
        Side a,
        Side b,
        Divergence divergence,
        long matched,
        long same,
        long onlyInA,
        long onlyInB,
        Map<String, Long> differing,
        List<AgentPair> agents,
        long agentCount,
        List<TaskPair> items,
        long total,
        String next) {

    /** So many agents are told of. */
    public static final int AGENTS = 1_000;

    /** What tasks may differ in; {@code presence} is that only one of the runs has it. */
    public static final List<String> FIELDS = List.of(
            "outcome",
            "failures",
            "attempts",
            "result",
            "agent",
            "presence",
            "order",
            "title",
            "calls",
            "tokens",
            "cost",
            "duration");

    /**
     * One of the two.
     *
     * @param from what happened behind that position
     * @param position up to which it was read
     * @param events how many those are
     * @param isWhole whether there are none further that belong to it
     * @param unreadable how many of the events cannot be read as what they say they are, and count as nothing
     * @param startedAt epoch milliseconds; {@code null} if it has no events
     * @param endedAt of the last event, likewise
     * @param costUsd {@code null} if nobody told
     */
    public record Side(
            String swarmId,
            long from,
            long position,
            long events,
            boolean isWhole,
            long unreadable,
            Double startedAt,
            Double endedAt,
            long agents,
            long tasks,
            long completed,
            long failed,
            long calls,
            long tokens,
            Double costUsd) {}

    /**
     * The earliest point, in the order of the first run, at which the two differ in what somebody did or what came of it:
     * not in when, nor in how long it took.
     *
     * @param of task, agent or swarm: whose course of events it is
     * @param differs in what: type, agent, to, tool, model, input, error, result, title, phase, milestone, role, or presence
     *     where only one of the runs has that step
     * @param a the step of the first run; {@code null} if it has none there
     * @param b likewise
     * @param positionA where in the first run they part: of that step, or of the last one before it in which they agree; 0 if
     *     there is none
     * @param positionB likewise
     */
    public record Divergence(String of, List<String> differs, Point a, Point b, long positionA, long positionB) {}

    /**
     * An event of one of the runs.
     *
     * @param said what it says of itself in a line
     */
    public record Point(
            String eventId, long position, String type, String aggregateId, double timestamp, String said) {}

    /**
     * A task of one run beside the one of the other that it matches.
     *
     * @param by what they match by: id, or title; {@code null} where only one of them is
     * @param differs in which of {@link #FIELDS}
     */
    public record TaskPair(String by, List<String> differs, TaskOf a, TaskOf b) {

        long characters() {
            return (a == null ? 0 : a.characters()) + (b == null ? 0 : b.characters());
        }
    }

    /**
     * A task in its run. Times in milliseconds.
     *
     * @param outcome its status at the end
     * @param agentId who worked on it last
     * @param attempts how often it was started
     * @param failures how many of them failed
     * @param error of the last that failed, in a line
     * @param result the beginning of it as JSON
     * @param waited from its creation to its first start
     * @param duration of the attempt that completed it
     * @param tokens of the calls that name it
     * @param place how many of the tasks that both runs completed were completed up to it; {@code null} if it is none
     * @param eventId of the last event that happened to it
     */
    public record TaskOf(
            String taskId,
            String title,
            String type,
            String outcome,
            String agentId,
            long attempts,
            long failures,
            String error,
            String result,
            Double waited,
            Double duration,
            long calls,
            long tokens,
            Double costUsd,
            Long place,
            String eventId,
            long position) {

        long characters() {
            return 400L + length(taskId) + length(title) + length(error) + length(result);
        }

        private static int length(String text) {
            return text == null ? 0 : text.length();
        }
    }

    /**
     * An agent of one run beside the one of the other that it matches.
     *
     * @param by id, or role; {@code null} where only one of them is
     * @param differs role, tasks, failures, errors, calls, tokens or cost, or presence
     */
    public record AgentPair(String by, List<String> differs, AgentOf a, AgentOf b) {}

    /**
     * An agent in its run.
     *
     * @param attempts how often it began a task
     * @param completed how many of those it completed
     * @param failures how many of those failed
     * @param errors how often it failed itself
     */
    public record AgentOf(
            String agentId,
            String name,
            String role,
            long attempts,
            long completed,
            long failures,
            long errors,
            long calls,
            long tokens,
            Double costUsd) {}
}
