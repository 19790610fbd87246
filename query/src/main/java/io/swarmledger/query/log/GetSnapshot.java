package io.swarmledger.query.log;

import io.swarmledger.query.LedgerQuery;

/** Asks for the latest snapshot of an aggregate: a {@link StoredSnapshot}, {@code null} if there is none. */
public record GetSnapshot(String aggregateId) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
