package io.swarmledger.query.run;

import io.swarmledger.query.LedgerQuery;

/** Asks how a run went: a {@link RunSummary}, {@code null} if nothing happened in that swarm. */
public record GetRun(String swarmId) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
