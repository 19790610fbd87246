package io.swarmledger.query.memory;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/**
 * Asks for the memories of which all of this is true: a {@link io.swarmledger.query.Page} of {@link MemoryState}.
 * What is {@code null} says nothing.
 *
 * @param includeDeleted whether those that were deleted or expired are wanted too
 * @param limit at most so many; 100 unless given, at most 100,000
 * @param cursor where the page before ended
 * @param sort by what, with {@code -} before it for the greatest first: key, namespace, type, size, accessCount, storedAt or lastAccessedAt; by id unless given
 */
@RecordBuilder
public record FindMemories(
        String namespace,
        String type,
        boolean includeDeleted,
        String swarmId,
        Integer limit,
        String cursor,
        String sort)
        implements LedgerQuery, FindMemoriesBuilder.With {

    /** All that are stored. */
    public static FindMemories all() {
        return new FindMemories(null, null, false, null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return ProjectionNames.MEMORY_INDEX;
    }

    boolean matches(MemoryState memory) {
        return (namespace == null || namespace.equals(memory.namespace()))
                && (type == null || type.equals(memory.type()))
                && (swarmId == null || swarmId.equals(memory.swarmId()));
    }
}
