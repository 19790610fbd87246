package io.swarmledger.query.memory;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/**
 * Asks for the memories that are stored, those read most often first, then those read last: a {@link io.swarmledger.query.Page} of
 * {@link MemoryState}. What is {@code null} says nothing.
 *
 * @param limit at most so many; 100 unless given, at most 100,000
 * @param cursor where the page before ended
 */
public record FindHotMemories(String namespace, String swarmId, Integer limit, String cursor) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.MEMORY_INDEX;
    }
}
