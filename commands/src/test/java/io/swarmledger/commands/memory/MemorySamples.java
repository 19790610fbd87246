package io.swarmledger.commands.memory;

import static io.swarmledger.testing.Samples.BEFORE;

import io.swarmledger.events.memory.MemoryDeleted;
import io.swarmledger.events.memory.MemoryExpired;
import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;

/** What may have happened to one memory. */
final class MemorySamples {

    static final String MEMORY = "memory-1";

    private MemorySamples() {}

    static MemoryStored stored() {
        return new MemoryStored(MEMORY, "patterns", "retry", "episodic", 2_048L, BEFORE);
    }

    static MemoryRetrieved retrieved() {
        return new MemoryRetrieved(MEMORY, "patterns", "retry", BEFORE, null);
    }

    static MemoryDeleted deleted() {
        return new MemoryDeleted(MEMORY, "patterns", "retry", BEFORE);
    }

    static MemoryExpired expired() {
        return new MemoryExpired(MEMORY, "patterns", "retry", BEFORE, BEFORE);
    }
}
