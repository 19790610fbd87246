package io.swarmledger.events.memory;

import io.swarmledger.events.EventType;

/** The memory was read. {@code accessCount} counts reads since it was stored, this one included. */
@EventType("memory:retrieved")
public record MemoryRetrieved(String memoryId, String namespace, String key, Double retrievedAt, Long accessCount)
        implements MemoryEvent {}
