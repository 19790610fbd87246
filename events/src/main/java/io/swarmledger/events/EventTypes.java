package io.swarmledger.events;

import io.swarmledger.events.agent.AgentEvent;
import io.swarmledger.events.memory.MemoryEvent;
import io.swarmledger.events.swarm.SwarmEvent;
import io.swarmledger.events.task.TaskEvent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The 23 known event types: which record stands for which stable name. Read off the four sealed interfaces. */
public final class EventTypes {

    private static final Map<String, Class<? extends LedgerEvent>> BY_NAME =
            List.of(AgentEvent.class, TaskEvent.class, MemoryEvent.class, SwarmEvent.class).stream()
                    .flatMap(feature -> Arrays.stream(feature.getPermittedSubclasses()))
                    .map(record -> record.<LedgerEvent>asSubclass(LedgerEvent.class))
                    .collect(Collectors.toMap(
                            EventTypes::nameOf, Function.identity(), EventTypes::clash, LinkedHashMap::new));

    private EventTypes() {}

    /** Every known record by its stable name, in the order of the features. */
    public static Map<String, Class<? extends LedgerEvent>> all() {
        return Collections.unmodifiableMap(BY_NAME);
    }

    /** The record for a stable name; empty for a type that the ledger does not know. */
    public static Optional<Class<? extends LedgerEvent>> recordOf(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The stable name of an event, that of an opaque one included. */
    public static String nameOf(LedgerEvent event) {
        return event instanceof OpaqueEvent opaque ? opaque.type() : nameOf(event.getClass());
    }

    /**
     * The stable name of a record.
     *
     * @throws IllegalArgumentException if the class carries no {@link EventType}
     */
    public static String nameOf(Class<?> record) {
        return annotationOf(record).value();
    }

    /**
     * The revision of a record's payload.
     *
     * @throws IllegalArgumentException if the class carries no {@link EventType}
     */
    public static String revisionOf(Class<?> record) {
        return annotationOf(record).revision();
    }

    private static <T> T clash(T one, T other) {
        throw new IllegalStateException(one + " and " + other + " have the same stable name");
    }

    private static EventType annotationOf(Class<?> record) {
        EventType type = record.getAnnotation(EventType.class);
        if (type == null) {
            throw new IllegalArgumentException(record.getName() + " has no @EventType: it cannot be stored");
        }
        return type;
    }
}
