package io.swarmledger.query.activity;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;

/**
 * Asks how dense events are over a stretch of time: {@link Activity}.
 *
 * @param from the first time, epoch milliseconds; that of the first event unless given
 * @param to the last time, itself included; that of the last event unless given
 * @param buckets into how many parts the stretch is cut; 200 unless given, at most 1,000
 * @param swarmId of one swarm, or {@code null} for all
 */
@RecordBuilder
public record GetActivity(Double from, Double to, Integer buckets, String swarmId)
        implements LedgerQuery, GetActivityBuilder.With {

    public static final int MAX_BUCKETS = 1_000;

    /** From the first event to the last. */
    public static GetActivity whole() {
        return new GetActivity(null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
