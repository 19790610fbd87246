package io.swarmledger.query.suspect;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;

/**
 * Asks for the attempts that are counted in {@link Differences}, those that ended last first: a
 * {@link io.swarmledger.query.Page} of {@link Attempt}. What is {@code null} says nothing.
 *
 * @param outcome failed or completed
 * @param attribute one of {@link Attribute#LABELS}, given together with its value
 * @param value that they have
 * @param others instead those of which another value of that attribute is known
 * @param position what was counted up to that position; {@code null} for now
 * @param limit at most so many; 100 unless given, at most {@value #MAX_LIMIT}
 * @param cursor where the page before ended
 */
@RecordBuilder
public record FindAttempts(
        String outcome,
        String attribute,
        String value,
        Boolean others,
        String swarmId,
        Double after,
        Double before,
        Long position,
        Integer limit,
        String cursor)
        implements LedgerQuery, FindAttemptsBuilder.With {

    public static final int MAX_LIMIT = 10_000;

    /** Of all that there is. */
    public static FindAttempts all() {
        return FindAttemptsBuilder.builder().build();
    }

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
