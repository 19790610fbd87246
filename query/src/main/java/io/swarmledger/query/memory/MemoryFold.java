package io.swarmledger.query.memory;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.memory.MemoryDeleted;
import io.swarmledger.events.memory.MemoryExpired;
import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;
import io.swarmledger.query.Fold;
import io.swarmledger.query.Recorded;

/** From a memory and what happened to it to the memory afterwards. What is gone is not read. */
public final class MemoryFold implements Fold<MemoryState> {

    @Override
    public MemoryState evolve(MemoryState memory, LedgerEvent event, Recorded recorded) {
        if (event instanceof MemoryStored stored) {
            return stored(stored, recorded);
        }
        if (memory == null) {
            return null;
        }
        if (event instanceof MemoryRetrieved retrieved && !memory.isDeleted()) {
            return memory.with(next -> next.accessCount(
                            retrieved.accessCount() != null ? retrieved.accessCount() : memory.accessCount() + 1)
                    .lastAccessedAt(recorded.timeOr(retrieved.retrievedAt())));
        }
        if (event instanceof MemoryDeleted deleted) {
            return memory.with(next -> next.isDeleted(true).deletedAt(recorded.timeOr(deleted.deletedAt())));
        }
        if (event instanceof MemoryExpired expired) {
            double expiredAt = recorded.timeOr(expired.expiredAt());
            return memory.with(next -> next.isDeleted(true).deletedAt(expiredAt).expiredAt(expiredAt));
        }
        return memory;
    }

    private static MemoryState stored(MemoryStored stored, Recorded recorded) {
        double storedAt = recorded.timeOr(stored.storedAt());
        return MemoryStateBuilder.builder()
                .id(recorded.aggregateId())
                .namespace(stored.namespace())
                .key(stored.key())
                .type(stored.memoryType())
                .size(stored.size())
                .storedAt(storedAt)
                .lastAccessedAt(storedAt)
                .swarmId(recorded.swarmId())
                .build();
    }
}
