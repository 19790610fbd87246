package io.swarmledger.query.log;

import io.swarmledger.query.LedgerQuery;

/**
 * Asks what an aggregate was like: {@link StateThen}, {@code null} if the log knows no such aggregate. At most one of
 * the two is given; without either it is the state now.
 *
 * @param version after the event of that version; beyond the last it is refused ({@link NoSuchVersion})
 * @param at at that time, epoch milliseconds: after the highest position up to which no event is later
 */
public record StateOf(String aggregateId, Long version, Double at) implements LedgerQuery {

    /** The state now. */
    public static StateOf now(String aggregateId) {
        return new StateOf(aggregateId, null, null);
    }

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
