package io.swarmledger.query.log;

import io.swarmledger.query.LedgerQuery;

/**
 * Asks what is in the log: {@link LedgerStats}.
 *
 * @param swarmId of one swarm, or {@code null} for all
 * @param top how many aggregates to count apart, those with most events; 100 unless given
 */
public record GetStats(String swarmId, Integer top) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
