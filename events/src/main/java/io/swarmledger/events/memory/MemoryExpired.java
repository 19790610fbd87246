package io.swarmledger.events.memory;

import io.swarmledger.events.EventType;

/** The memory outlived its time, {@code expiresAt}. */
@EventType("memory:expired")
public record MemoryExpired(String memoryId, String namespace, String key, Double expiredAt, Double expiresAt)
        implements MemoryEvent {}
