package io.swarmledger.query.failure;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;

/**
 * Asks for each failure of one {@link Failures.FailureGroup}, the newest first: a {@link io.swarmledger.query.Page} of
 * {@link Failure}.
 *
 * @param type of the group
 * @param message what they have in common, as the group says it
 * @param tool of the group; {@code null} where no tool was called
 * @param swarmId of that swarm alone; {@code null} for any
 * @param after later than that, epoch milliseconds
 * @param before earlier than that, epoch milliseconds
 * @param limit at most so many; 100 unless given, at most {@value #MAX_LIMIT}
 * @param cursor where the page before ended
 */
@RecordBuilder
public record FindAlike(
        String type,
        String message,
        String tool,
        String swarmId,
        Double after,
        Double before,
        Integer limit,
        String cursor)
        implements LedgerQuery, FindAlikeBuilder.With {

    public static final int MAX_LIMIT = 1_000;

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
