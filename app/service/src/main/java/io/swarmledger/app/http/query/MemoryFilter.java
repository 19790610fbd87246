package io.swarmledger.app.http.query;

import io.swarmledger.query.memory.FindMemories;

/** Which memories are asked for; {@code includeDeleted} may be left out, unlike in {@link FindMemories}. */
record MemoryFilter(
        String namespace,
        String type,
        Boolean includeDeleted,
        String swarmId,
        Integer limit,
        String cursor,
        String sort) {

    FindMemories query() {
        return new FindMemories(namespace, type, Boolean.TRUE.equals(includeDeleted), swarmId, limit, cursor, sort);
    }
}
