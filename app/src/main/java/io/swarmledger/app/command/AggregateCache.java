package io.swarmledger.app.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;

/**
 * Aggregates of one type as their last command left them, so that the next one need not read the log. Axon takes an
 * aggregate out when its command fails, whatever the reason, and so does an import: what is in here is never ahead of
 * the log, and one that the log has overtaken is found out by its version when it appends.
 *
 * <p>Those used last are kept. Whoever got a command gets its next one soon; measured, a cache that keeps what was used
 * most gives up a task between its first command and its second, for others that were done long ago.
 */
final class AggregateCache implements Cache {

    private final Map<Object, Object> aggregates;

    AggregateCache(int capacity) {
        aggregates = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
                return size() > capacity;
            }
        });
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> V get(K key) {
        return (V) aggregates.get(key);
    }

    @Override
    public void put(Object key, Object value) {
        aggregates.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return aggregates.putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return aggregates.remove(key) != null;
    }

    @Override
    public void removeAll() {
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
