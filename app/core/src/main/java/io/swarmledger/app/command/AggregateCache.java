package io.swarmledger.app.command;

import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.query.LastUsed;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Aggregates of one type as their last command left them, so that the next one need not read the log. Axon takes an
 * aggregate out when its command fails, whatever the reason, and so does an import: what is in here is never ahead of
 * the log, and one that the log has overtaken is found out by its version when it appends. One whose
 * command appends nothing would not be: what was read before an import is not kept behind it.
 *
 * <p>Those used last are kept. Whoever got a command gets its next one soon; measured, a cache that keeps what was used
 * most gives up a task between its first command and its second, for others that were done long ago.
 */
final class AggregateCache implements Cache {

    /** What an aggregate is reckoned to hold beside its texts, and a character of those. */
    private static final long AN_AGGREGATE = 600;

    private static final long A_CHARACTER = 2;

    private final LastUsed<Object, Object> aggregates;

    /** How often all were taken out. */
    private final AtomicLong times = new AtomicLong();

    private final String timesWhenRead = AggregateCache.class.getName() + "@" + System.identityHashCode(this);

    /**
     * An empty cache.
     *
     * @param capacity aggregates at most
     * @param bytes of memory at most, as they are reckoned
     */
    AggregateCache(int capacity, long bytes) {
        // Axon puts an aggregate in when its command is done, in the command's own unit of work.
        aggregates = new LastUsed<>(
                capacity, bytes, (id, aggregate) -> AN_AGGREGATE + A_CHARACTER * LedgerAggregate.charactersOfCommand());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> V get(K key) {
        CurrentUnitOfWork.ifStarted(
                unitOfWork -> unitOfWork.root().getOrComputeResource(timesWhenRead, any -> times.get()));
        return (V) aggregates.get(key);
    }

    @Override
    public void put(Object key, Object value) {
        aggregates.put(key, value);
        if (isReadBeforeAllWereTakenOut()) {
            aggregates.remove(key);
        }
    }

    private boolean isReadBeforeAllWereTakenOut() {
        Long before =
                CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get().root().<Long>getResource(timesWhenRead) : null;
        return before != null && before != times.get();
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return aggregates.putIfAbsent(key, value);
    }

    @Override
    public boolean remove(Object key) {
        return aggregates.remove(key);
    }

    @Override
    public void removeAll() {
        times.incrementAndGet();
        aggregates.clear();
    }

    @Override
    public boolean containsKey(Object key) {
        return aggregates.containsKey(key);
    }

    /** Nobody in the ledger listens: Axon's repositories do not. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("The cache of aggregates tells nobody of its entries");
    }
}
