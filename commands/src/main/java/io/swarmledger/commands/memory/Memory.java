package io.swarmledger.commands.memory;

import io.swarmledger.commands.Decides;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.ObserveMemory;
import io.swarmledger.commands.Rule;
import io.swarmledger.commands.Violation;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.memory.MemoryDeleted;
import io.swarmledger.events.memory.MemoryExpired;
import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;
import java.util.List;
import org.axonframework.modelling.command.AggregateRoot;

/** A memory: stored, read, and gone until it is stored again. */
@AggregateRoot(type = Memory.TYPE)
public final class Memory extends LedgerAggregate {

    public static final String TYPE = "memory";

    /** Another shape of the fields, those that all share too, is another revision: older snapshots are then passed over. */
    public static final String SNAPSHOT_REVISION = "2";

    private static final List<Rule<Memory>> RULES = List.of(
            new OnlyStoredMemoryCanBeRetrieved(), new OnlyStoredMemoryCanBeDeleted(), new OnlyStoredMemoryCanExpire());

    /** {@code stored}, {@code deleted}, {@code expired}, or {@code null} if it never was stored. */
    private String status;

    private String namespace;
    private String key;
    private long accessCount;

    private Memory() {}

    @Decides
    void handle(StoreMemory command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(RetrieveMemory command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(DeleteMemory command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ExpireMemory command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ObserveMemory fact, Envelope envelope) {
        observe(fact, envelope);
    }

    @Override
    protected String type() {
        return TYPE;
    }

    @Override
    protected List<Violation> judge(LedgerEvent proposed) {
        return Rule.judge(RULES, this, proposed);
    }

    @Override
    protected LedgerEvent complete(LedgerEvent proposed, double now) {
        if (proposed instanceof MemoryStored e) {
            return new MemoryStored(id(), e.namespace(), e.key(), e.memoryType(), e.size(), or(e.storedAt(), now));
        }
        if (proposed instanceof MemoryRetrieved e) {
            return new MemoryRetrieved(
                    id(),
                    or(e.namespace(), namespace),
                    or(e.key(), key),
                    or(e.retrievedAt(), now),
                    or(e.accessCount(), accessCount + 1));
        }
        if (proposed instanceof MemoryDeleted e) {
            return new MemoryDeleted(id(), or(e.namespace(), namespace), or(e.key(), key), or(e.deletedAt(), now));
        }
        if (proposed instanceof MemoryExpired e) {
            double expiredAt = or(e.expiredAt(), now);
            return new MemoryExpired(
                    id(), or(e.namespace(), namespace), or(e.key(), key), expiredAt, or(e.expiresAt(), expiredAt));
        }
        return proposed;
    }

    @Override
    protected void evolve(LedgerEvent event, double timestamp) {
        if (event instanceof MemoryStored stored) {
            status = "stored";
            namespace = stored.namespace();
            key = stored.key();
            accessCount = 0;
        } else if (!isStored()) {
            return;
        } else if (event instanceof MemoryRetrieved retrieved) {
            accessCount = or(retrieved.accessCount(), accessCount + 1);
        } else if (event instanceof MemoryDeleted) {
            status = "deleted";
        } else if (event instanceof MemoryExpired) {
            status = "expired";
        }
    }

    @Override
    protected long characters() {
        return lengthOf(namespace) + lengthOf(key);
    }

    @Override
    protected String describe() {
        return status == null ? "never stored" : status;
    }

    boolean isStored() {
        return "stored".equals(status);
    }
}
