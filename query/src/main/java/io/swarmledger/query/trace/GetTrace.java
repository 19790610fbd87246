package io.swarmledger.query.trace;

import io.swarmledger.query.LedgerQuery;

/**
 * Asks what caused an event, back to the root, and what it led to: a {@link Trace}, {@code null} if there is no event of
 * that id.
 *
 * @param limit at most so many links in each direction; 100 unless given, at most 1,000
 */
public record GetTrace(String eventId, Integer limit) implements LedgerQuery {

    /** The most links that either direction may have. */
    public static final int MAX_LIMIT = 1_000;

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
