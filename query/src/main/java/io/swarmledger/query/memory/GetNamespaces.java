package io.swarmledger.query.memory;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/**
 * Asks for the namespaces in which something is stored, the largest first: a {@link io.swarmledger.query.Page} of
 * {@link Namespace}.
 *
 * @param swarmId of one swarm, or {@code null} for all
 * @param limit at most so many; 100 unless given, at most 100,000
 * @param cursor where the page before ended
 */
public record GetNamespaces(String swarmId, Integer limit, String cursor) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.MEMORY_INDEX;
    }
}
