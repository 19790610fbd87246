package io.swarmledger.commands.memory;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.memory.MemoryRetrieved;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Somebody read the memory.
 *
 * @param accessCount the reads since it was stored, this one included
 */
public record RetrieveMemory(
        @TargetAggregateIdentifier String memoryId, String namespace, String key, Double retrievedAt, Long accessCount)
        implements MemoryCommand {

    public RetrieveMemory {
        Require.id("memoryId", memoryId);
        Require.name("namespace", namespace);
        Require.name("key", key);
        Require.time("retrievedAt", retrievedAt);
        Require.count("accessCount", accessCount);
    }

    /** It is read when the command arrives. */
    public RetrieveMemory(String memoryId) {
        this(memoryId, null, null, null, null);
    }

    @Override
    public String aggregateId() {
        return memoryId;
    }

    @Override
    public LedgerEvent event() {
        return new MemoryRetrieved(memoryId, namespace, key, retrievedAt, accessCount);
    }
}
