package io.swarmledger.query.activity;

import java.util.List;

/**
 * How dense events are over a stretch of time.
 *
 * @param from epoch milliseconds; 0 if there is no event
 * @param to itself included
 * @param bucketMillis how long each part is, at least a millisecond
 * @param buckets the parts in order, those without events too; none if there is no event at all
 * @param marks what stands out, in the log's order. Of more than 1,000 those that are seldom, then the newest
 */
public record Activity(double from, double to, double bucketMillis, List<Bucket> buckets, List<Mark> marks) {

    /**
     * A part of the stretch.
     *
     * @param start epoch milliseconds
     * @param failures how many of the events are failures
     */
    public record Bucket(double start, long events, long failures) {}

    /**
     * An event that stands out.
     *
     * @param label what it says of itself, such as the name of a phase
     */
    public record Mark(long position, String id, String type, double timestamp, String label) {}
}
