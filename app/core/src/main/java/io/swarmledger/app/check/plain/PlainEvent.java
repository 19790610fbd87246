package io.swarmledger.app.check.plain;

/**
 * An event as it lies in the log.
 *
 * @param version its place within its aggregate, from 1
 * @param timestamp epoch milliseconds
 * @param heardAt what that time counts as where silence is told, {@code null} for never
 * @param payload text, whatever it is
 */
public record PlainEvent(
        String id,
        String aggregateId,
        long version,
        long position,
        String type,
        double timestamp,
        Double heardAt,
        String swarmId,
        String payload) {}
