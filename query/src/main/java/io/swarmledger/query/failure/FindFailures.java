package io.swarmledger.query.failure;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;

/**
 * Asks what failed and how often: {@link Failures}. What is {@code null} says nothing.
 *
 * @param type of that event type, one of {@link FailureTypes#ALL}
 * @param after later than that, epoch milliseconds
 * @param before earlier than that, epoch milliseconds
 * @param limit at most so many groups; 100 unless given, at most 1,000
 * @param cursor where the page before ended: it goes on with the failures that were considered then
 */
@RecordBuilder
public record FindFailures(String swarmId, String type, Double after, Double before, Integer limit, String cursor)
        implements LedgerQuery, FindFailuresBuilder.With {

    public static final int MAX_LIMIT = 1_000;

    /** All of them. */
    public static FindFailures all() {
        return new FindFailures(null, null, null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
