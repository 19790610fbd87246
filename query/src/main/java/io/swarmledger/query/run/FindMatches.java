package io.swarmledger.query.run;

import io.swarmledger.query.LedgerQuery;

/**
 * Asks what of a run is what in another: {@link RunMatches}.
 *
 * @param a the swarm of the one
 * @param b of the other
 * @param position of an event of the first, whose task is looked for in the other; {@code null} for none
 */
public record FindMatches(String a, String b, Long position) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
