package io.swarmledger.events.memory;

import io.swarmledger.events.EventType;

/** The memory was taken away. */
@EventType("memory:deleted")
public record MemoryDeleted(String memoryId, String namespace, String key, Double deletedAt) implements MemoryEvent {}
