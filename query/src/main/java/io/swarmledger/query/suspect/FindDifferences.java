package io.swarmledger.query.suspect;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;

/**
 * Asks what attempts at tasks that failed have in common that those that were completed have not: {@link Differences}. What is
 * {@code null} says nothing.
 *
 * @param after that ended later than that, epoch milliseconds
 * @param before that ended earlier than that, epoch milliseconds
 * @param position up to that position; {@code null} for now
 * @param limit at most so many differences; 100 unless given, at most {@value #MAX_LIMIT}
 */
@RecordBuilder
public record FindDifferences(String swarmId, Double after, Double before, Long position, Integer limit)
        implements LedgerQuery, FindDifferencesBuilder.With {

    public static final int MAX_LIMIT = 1_000;

    /** Of all that there is. */
    public static FindDifferences all() {
        return new FindDifferences(null, null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
