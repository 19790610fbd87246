package io.swarmledger.query.task;

import java.util.List;

/**
 * How tasks went on.
 *
 * @param isWhole whether no task has a span that is left out: of very many only the first are told
 * @param timelines one a task that is there, in the order in which they were asked for
 */
public record Timelines(boolean isWhole, List<Timeline> timelines) {

    /** How one task went on. */
    public record Timeline(String taskId, List<Span> spans) {}

    /**
     * How long a task had a status.
     *
     * @param status as {@link TaskState#status()}
     * @param agentId who was at work on it, {@code null} while nobody was
     * @param from epoch milliseconds
     * @param to {@code null} if it still has it
     * @param eventId of the event that gave it that status
     * @param attempt how often it had been started by then; 0 before the first time
     */
    public record Span(String status, String agentId, double from, Double to, String eventId, int attempt) {}
}
