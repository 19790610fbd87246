package io.swarmledger.query.log;

import io.swarmledger.query.LedgerQuery;

/**
 * Asks what lies around a position in the history of one aggregate: {@link Neighbours}.
 *
 * @param position any position, whether it is one of that aggregate or not
 */
public record GetNeighbours(String aggregateId, long position) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
