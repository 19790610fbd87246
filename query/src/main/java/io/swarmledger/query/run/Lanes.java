package io.swarmledger.query.run;

import java.util.List;

/**
 * What agents did in a part of a run, a lane each, in the order in which they were asked for: each thing by itself, or where
 * there are more than {@value #MOST} how many there are in each part of the time.
 *
 * @param after from that time on, epoch milliseconds
 * @param before up to that time
 * @param isEach whether each thing is told by itself
 * @param things how many there are
 * @param stretches of the time of the run, in order and without anything between
 */
public record Lanes(
        double after, double before, boolean isEach, long things, List<Stretch> stretches, List<Lane> lanes) {

    /** So many things are told one by one. */
    public static final int MOST = 2_000;

    /**
     * A lane. Where each thing is told by itself there are no bins, otherwise nothing else.
     *
     * @param agentId empty for what nobody has begun
     */
    public record Lane(String agentId, List<Work> work, List<Call> calls, List<Mark> marks, List<Bin> bins) {}

    /**
     * An attempt at a task. Times in epoch milliseconds.
     *
     * @param waited since when it had waited for that; {@code null} if it had not
     * @param ended or the end of the run, while it goes on
     * @param outcome completed, failed, blocked, cancelled, abandoned for whoever else began it, or in-progress; waiting
     *     where nobody has begun it
     * @param from the position of the event that began it
     * @param end of that which ended it; 0 while it goes on
     * @param said the error of one that failed, in a line
     */
    public record Work(
            String taskId,
            String title,
            int attempt,
            Double waited,
            double began,
            double ended,
            String outcome,
            long from,
            long end,
            String said) {}

    /**
     * A call of a tool or a model.
     *
     * @param what the tool or model
     */
    public record Call(
            long position, double began, double ended, boolean isModel, String what, boolean failed, String said) {}

    /**
     * Something else that happened: a message, or that the agent failed.
     *
     * @param failed whether it is that
     */
    public record Mark(long position, double at, String type, boolean failed, String said) {}

    /**
     * What happened in a part of the time; parts in which nothing did are left out.
     *
     * @param at which part, from 0
     * @param busy how much of it the agent worked at tasks, 0 to 1
     * @param waiting how much of it a task waited for it, 0 to 1
     * @param ended how many attempts ended in it
     * @param calls how many calls ended in it
     * @param failures how many of these failed, and how often the agent itself did
     * @param messages how many it sent
     */
    public record Bin(int at, double busy, double waiting, int ended, int calls, int failures, int messages) {}

    /**
     * A stretch of time.
     *
     * @param from epoch milliseconds
     * @param to likewise
     * @param at where it is drawn; in proportion that is in milliseconds
     * @param until where it ends there
     * @param isGap whether nothing happens in it for so long that it is drawn short
     */
    public record Stretch(double from, double to, double at, double until, boolean isGap) {}
}
