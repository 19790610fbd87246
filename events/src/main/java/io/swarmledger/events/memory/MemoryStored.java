package io.swarmledger.events.memory;

import io.swarmledger.events.EventType;

/** Something was put under a key; storing again replaces. {@code size} in bytes. */
@EventType(value = "memory:stored", begins = true)
public record MemoryStored(String memoryId, String namespace, String key, String memoryType, Long size, Double storedAt)
        implements MemoryEvent {}
