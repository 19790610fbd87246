package io.swarmledger.query.memory;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/** Asks for one memory, stored or not any more: a {@link MemoryState}, {@code null} if there is none of that id. */
public record GetMemory(String memoryId) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return ProjectionNames.MEMORY_INDEX;
    }
}
