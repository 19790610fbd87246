package io.swarmledger.query.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.failure.Failures.Occurrence;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cause of trouble, whatever failed or stands still because of it. Times in epoch milliseconds.
 *
 * @param id made of its cause: the same for good, in every ledger
 * @param rule the label of its {@link IncidentRule}
 * @param title what is wrong: the newest message of a failure, or a sentence
 * @param cause of failures what their messages have in common; {@code null} otherwise
 * @param tool that failed or is called again and again; {@code null} otherwise
 * @param status new, recurring, failed, stuck, recovered, ended or acknowledged
 * @param open whether somebody should look at it: it is neither recovered, ended nor acknowledged
 * @param since when it first occurred, or when it began to stand still; {@code null} if nobody knows
 * @param first the event with which it began, of those that are considered; {@code null} if there is none
 * @param last the event with which it last occurred, or the last that was heard; {@code null} likewise
 * @param count how often it occurred: of a chain of failures each once
 * @param recovered how many of these are recovered: the task was completed, the tool succeeded
 * @param ended how many of them hold nobody up any more: the swarm was terminated, the task cancelled, the agent stopped or
 *     went on with something else
 * @param trend how often it occurred over time; {@code null} for what stands still
 * @param agents the first {@value #LISTED} of those that it hits, the latest hit first
 * @param tasks likewise
 * @param blocked likewise, of the tasks that wait for one of these now
 * @param swarms likewise
 * @param acknowledged by whom; {@code null} unless somebody has since it last occurred
 */
@RecordBuilder
public record Incident(
        String id,
        String rule,
        String title,
        String cause,
        @JsonInclude(JsonInclude.Include.NON_NULL) String tool,
        String status,
        boolean open,
        Double since,
        Occurrence first,
        Occurrence last,
        long count,
        long recovered,
        long ended,
        Trend trend,
        List<String> agents,
        long agentCount,
        List<String> tasks,
        long taskCount,
        List<String> blocked,
        long blockedCount,
        List<String> swarms,
        long swarmCount,
        Acknowledgement acknowledged)
        implements IncidentBuilder.With {

    /** So many of whom it hits are listed. */
    public static final int LISTED = 20;

    /** Every status there is. */
    public static final List<String> STATUSES =
            List.of("new", "recurring", "failed", "stuck", "recovered", "ended", "acknowledged");

    /**
     * How often something occurred in each part of a time, all parts of one length.
     *
     * @param from when the first one begins
     * @param to when the last one ends
     */
    public record Trend(double from, double to, List<Long> counts) {}

    /**
     * Somebody knows.
     *
     * @param by who said so, {@code null} if nobody knows
     * @param note what they said, {@code null} if nothing
     */
    public record Acknowledgement(String eventId, long position, double at, String by, String note) {}

    /** How long its texts are. */
    long characters() {
        return title.length()
                + (cause == null ? 0 : cause.length())
                + Stream.of(agents, tasks, blocked, swarms)
                        .flatMap(List::stream)
                        .mapToLong(String::length)
                        .sum();
    }
}
