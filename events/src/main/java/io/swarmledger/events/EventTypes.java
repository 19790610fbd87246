package io.swarmledger.events;

import io.swarmledger.events.agent.AgentEvent;
import io.swarmledger.events.memory.MemoryEvent;
import io.swarmledger.events.swarm.SwarmEvent;
import io.swarmledger.events.task.TaskEvent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names of event types. The ledger's own are read off its four sealed interfaces, others off theirs. */
public final class EventTypes {

    private static final Map<String, Class<? extends LedgerEvent>> BY_NAME =
            List.of(AgentEvent.class, TaskEvent.class, MemoryEvent.class, SwarmEvent.class).stream()
                    .flatMap(events -> EventTypes.of(events).values().stream())
                    .collect(Collectors.toMap(
                            EventTypes::nameOf, Function.identity(), EventTypes::clash, LinkedHashMap::new));

    private EventTypes() {}

    /**
     * The records of a sealed interface by their stable names.
     *
     * @throws DeclarationRefused if it is not sealed, one that it permits is no record with an {@link EventType}, or
     *     two have one name
     */
    public static Map<String, Class<? extends LedgerEvent>> of(Class<? extends LedgerEvent> events) {
        if (!events.isSealed()) {
            throw new DeclarationRefused(events.getName() + " is not sealed: it does not say which events there are");
        }
        Map<String, Class<? extends LedgerEvent>> byName = new LinkedHashMap<>();
        for (Class<?> permitted : events.getPermittedSubclasses()) {
            if (!permitted.isRecord()) {
                throw new DeclarationRefused(permitted.getName() + " is no record: it cannot be stored");
            }
            byName.merge(nameOf(permitted), permitted.asSubclass(LedgerEvent.class), EventTypes::clash);
        }
        return byName;
    }

    /** Every record of the ledger's own by its stable name, in the order of the features. */
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
     * @throws DeclarationRefused if the class carries no {@link EventType}
     */
    public static String nameOf(Class<?> record) {
        return annotationOf(record).value();
    }

    /**
     * The revision of a record's payload.
     *
     * @throws DeclarationRefused if the class carries no {@link EventType}
     */
    public static String revisionOf(Class<?> record) {
        return annotationOf(record).revision();
    }

    /** The first word of a stable name, which is the type of the things it is told of; empty if it has no second. */
    public static String kindOf(String name) {
        return name.substring(0, Math.max(0, name.indexOf(':')));
    }

    /** Whether a thing begins with that event. */
    public static boolean begins(LedgerEvent event) {
        return isFirst(event.getClass());
    }

    /** Whether a thing begins with events of that record. */
    public static boolean isFirst(Class<?> record) {
        EventType type = record.getAnnotation(EventType.class);
        return type != null && type.begins();
    }

    private static <T> T clash(T one, T other) {
        throw new DeclarationRefused(one + " and " + other + " have the same stable name");
    }

    private static EventType annotationOf(Class<?> record) {
        EventType type = record.getAnnotation(EventType.class);
        if (type == null) {
            throw new DeclarationRefused(record.getName() + " has no @EventType: it cannot be stored");
        }
        return type;
    }
}
