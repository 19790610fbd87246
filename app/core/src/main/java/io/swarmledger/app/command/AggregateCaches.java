package io.swarmledger.app.command;

import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.AggregateTypes;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.common.caching.Cache;

/** A cache for each type of aggregate: an id may be asked for under a type that it does not belong to. */
public final class AggregateCaches {

    /** Of all of them together. */
    private static final int SHARE_OF_HEAP = 8;

    private final Map<AggregateType, Cache> caches = new HashMap<>();

    /**
     * Empty caches.
     *
     * @param types what they are of
     * @param capacity how many aggregates of each type are kept, those used last; fewer where they hold much
     */
    public AggregateCaches(AggregateTypes types, int capacity) {
        this(
                types,
                capacity,
                Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / types.all().size());
    }

    AggregateCaches(AggregateTypes types, int capacity, long bytes) {
        for (AggregateType type : types.all()) {
            caches.put(type, new AggregateCache(capacity, bytes));
        }
    }

    public Cache of(AggregateType type) {
        return caches.get(type);
    }

    /** Forgets every aggregate: events came into the log that no aggregate applied. */
    public void clear() {
        caches.values().forEach(Cache::removeAll);
    }
}
