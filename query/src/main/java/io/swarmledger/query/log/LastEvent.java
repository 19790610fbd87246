package io.swarmledger.query.log;

/**
 * The last event of an aggregate, without what it says.
 *
 * @param timestamp epoch milliseconds
 * @param time that it counts as where times are compared, likewise
 */
public record LastEvent(String id, long position, double timestamp, double time, String aggregateId) {

    public static LastEvent of(LogRow row) {
        return new LastEvent(row.id(), row.position(), row.timestamp().doubleValue(), row.time(), row.aggregateId());
    }
}
