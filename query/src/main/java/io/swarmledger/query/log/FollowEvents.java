package io.swarmledger.query.log;

import io.swarmledger.query.LedgerQuery;

/**
 * Asks for the events that come next, for somebody who goes through the log or follows it: a {@link Stretch}. Unlike a
 * page of {@link FindEvents} it is not counted, and where events are large it has fewer.
 *
 * @param filter which events; of it, limit, offset, cursor and order say nothing here
 * @param after behind that position
 * @param most at most so many; of large events fewer
 */
public record FollowEvents(FindEvents filter, long after, int most) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
