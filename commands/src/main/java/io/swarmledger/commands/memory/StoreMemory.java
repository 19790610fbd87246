package io.swarmledger.commands.memory;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.memory.MemoryStored;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Puts something under a key; storing again replaces.
 *
 * @param size bytes
 */
public record StoreMemory(
        @TargetAggregateIdentifier String memoryId,
        String namespace,
        String key,
        String memoryType,
        Long size,
        Double storedAt)
        implements MemoryCommand {

    public StoreMemory {
        Require.newId("memoryId", memoryId);
        Require.name("namespace", Require.text("namespace", namespace));
        Require.name("key", Require.text("key", key));
        Require.name("memoryType", memoryType);
        Require.count("size", size);
        Require.time("storedAt", storedAt);
    }

    /** It is stored when the command arrives. */
    public StoreMemory(String memoryId, String namespace, String key, String memoryType, long size) {
        this(memoryId, namespace, key, memoryType, size, null);
    }

    @Override
    public String aggregateId() {
        return memoryId;
    }

    @Override
    public LedgerEvent event() {
        return new MemoryStored(memoryId, namespace, key, memoryType, size, storedAt);
    }
}
