package io.swarmledger.events.memory;

import io.swarmledger.events.LedgerEvent;

/** What happens to a memory: stored, read, gone. */
public sealed interface MemoryEvent extends LedgerEvent
        permits MemoryStored, MemoryRetrieved, MemoryDeleted, MemoryExpired {

    /** The memory that it happened to. */
    String memoryId();
}
