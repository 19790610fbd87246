package io.swarmledger.app.command;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;

/**
 * Aggregates of one type as their last command left them, so that the next one need not read the log. Axon takes an
 * aggregate out when its command fails, whatever the reason, and so does an import: what is in here is never ahead of
 * the log, and one that the log has overtaken is found out by its version when it appends.
 */
final class AggregateCache implements Cache {

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> aggregates;

    AggregateCache(int capacity) {
        aggregates = Caffeine.newBuilder().maximumSize(capacity).build();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> V get(K key) {
        return (V) aggregates.getIfPresent(key);
    }

    @Override
    public void put(Object key, Object value) {
        aggregates.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return aggregates.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return aggregates.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        aggregates.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return aggregates.asMap().containsKey(key);
    }

    /** Nobody in the ledger listens: Axon's repositories do not. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("The cache of aggregates tells nobody of its entries");
    }
}
