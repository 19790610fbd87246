package io.swarmledger.commands.memory;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.memory.MemoryExpired;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * The memory outlived its time.
 *
 * @param expiresAt when it was due; left out, when it expired
 */
public record ExpireMemory(
        @TargetAggregateIdentifier String memoryId, String namespace, String key, Double expiredAt, Double expiresAt)
        implements MemoryCommand {

    public ExpireMemory {
        Require.id("memoryId", memoryId);
        Require.name("namespace", namespace);
        Require.name("key", key);
        Require.time("expiredAt", expiredAt);
        Require.time("expiresAt", expiresAt);
    }

    /** It expires when the command arrives. */
    public ExpireMemory(String memoryId) {
        this(memoryId, null, null, null, null);
    }

    @Override
    public String aggregateId() {
        return memoryId;
    }

    @Override
    public LedgerEvent event() {
        return new MemoryExpired(memoryId, namespace, key, expiredAt, expiresAt);
    }
}
