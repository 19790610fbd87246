package io.swarmledger.events;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.tokenstore.ConfigToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;

/**
 * Which classes may be stored, and under which stable name and revision. Nothing else is ever written or loaded: a name
 * in a file never becomes a class that is not in here.
 */
public final class StoredTypes {

    static final String GAP_AWARE_TOKEN = "axon:gap-aware-token";
    static final String GLOBAL_SEQUENCE_TOKEN = "axon:global-sequence-token";
    static final String MERGED_TOKEN = "axon:merged-token";

    private final Map<String, Class<?>> byName;
    private final Map<Class<?>, SerializedType> byClass = new HashMap<>();

    private StoredTypes(Map<Class<?>, SerializedType> types) {
        byClass.putAll(types);
        byName = new HashMap<>();
        types.forEach((type, stored) -> byName.put(stored.getName(), type));
        // Stored metadata bears no type; whatever reads it from a column calls it by its class (SerializedMetaData).
        byName.put(MetaData.class.getName(), MetaData.class);
    }

    /** The ledger's own events, message metadata and tracking tokens. */
    public static StoredTypes events() {
        Map<Class<?>, SerializedType> types = new LinkedHashMap<>();
        EventTypes.all()
                .forEach((name, record) ->
                        types.put(record, new SimpleSerializedType(name, EventTypes.revisionOf(record))));
        return new StoredTypes(types)
                .and(MetaData.class, "axon:metadata", null)
                .and(ConfigToken.class, "axon:config-token", null)
                .and(GapAwareTrackingToken.class, GAP_AWARE_TOKEN, null)
                .and(GlobalSequenceTrackingToken.class, GLOBAL_SEQUENCE_TOKEN, null)
                .and(MergedTrackingToken.class, MERGED_TOKEN, null)
                .and(ReplayToken.class, "axon:replay-token", null);
    }

    /** These and one more, such as an aggregate that is stored as a snapshot. */
    public StoredTypes and(Class<?> type, String name, String revision) {
        if (byName.containsKey(name)) {
            throw new DeclarationRefused("The name " + name + " is taken by " + byName.get(name));
        }
        Map<Class<?>, SerializedType> types = new LinkedHashMap<>(byClass);
        types.put(type, new SimpleSerializedType(name, revision));
        return new StoredTypes(types);
    }

    /**
     * These and the events of a sealed interface.
     *
     * @throws DeclarationRefused if a name of theirs is taken, or they have none
     */
    public StoredTypes and(Class<? extends LedgerEvent> events) {
        StoredTypes result = this;
        for (Map.Entry<String, Class<? extends LedgerEvent>> event :
                EventTypes.of(events).entrySet()) {
            result = result.and(event.getValue(), event.getKey(), EventTypes.revisionOf(event.getValue()));
        }
        return result;
    }

    /** The record of a stable name; empty for what is no type of event, or not a known one. */
    public Optional<Class<? extends LedgerEvent>> eventOf(String name) {
        return classOf(name)
                .filter(LedgerEvent.class::isAssignableFrom)
                .map(type -> type.asSubclass(LedgerEvent.class));
    }

    /** The stable names of all events, in their order. */
    public Set<String> eventTypes() {
        Set<String> names = new TreeSet<>();
        byName.forEach((name, type) -> {
            if (LedgerEvent.class.isAssignableFrom(type)) {
                names.add(name);
            }
        });
        return names;
    }

    /** The class for a stored name; empty if it is not a name of ours. */
    public Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Name and revision for a class; empty if it may not be stored. */
    public Optional<SerializedType> typeOf(Class<?> type) {
        return Optional.ofNullable(byClass.get(type));
    }
}
