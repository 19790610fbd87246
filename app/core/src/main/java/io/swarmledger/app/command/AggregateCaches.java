package io.swarmledger.app.command;

import io.swarmledger.commands.AggregateTypes;
import java.util.EnumMap;
import java.util.Map;
import org.axonframework.common.caching.Cache;

/** A cache for each of the four types: an id may be asked for under a type that it does not belong to. */
public final class AggregateCaches {

    /** Of each of the four. */
    private static final int SHARE_OF_HEAP = 32;

    private final Map<AggregateTypes, Cache> caches = new EnumMap<>(AggregateTypes.class);

    /**
     * Empty caches.
     *
     * @param capacity how many aggregates of each type are kept, those used last; fewer where they hold much
     */
    public AggregateCaches(int capacity) {
        this(capacity, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    AggregateCaches(int capacity, long bytes) {
        for (AggregateTypes type : AggregateTypes.values()) {
            caches.put(type, new AggregateCache(capacity, bytes));
        }
    }

    public Cache of(AggregateTypes type) {
        return caches.get(type);
    }

    /** Forgets every aggregate: events came into the log that no aggregate applied. */
    public void clear() {
        caches.values().forEach(Cache::removeAll);
    }
}
