package io.swarmledger.commands.memory;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.memory.MemoryDeleted;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Takes the memory away. */
public record DeleteMemory(@TargetAggregateIdentifier String memoryId, String namespace, String key, Double deletedAt)
        implements MemoryCommand {

    public DeleteMemory {
        Require.id("memoryId", memoryId);
        Require.name("namespace", namespace);
        Require.name("key", key);
        Require.time("deletedAt", deletedAt);
    }

    /** It is deleted when the command arrives. */
    public DeleteMemory(String memoryId) {
        this(memoryId, null, null, null);
    }

    @Override
    public String aggregateId() {
        return memoryId;
    }

    @Override
    public LedgerEvent event() {
        return new MemoryDeleted(memoryId, namespace, key, deletedAt);
    }
}
