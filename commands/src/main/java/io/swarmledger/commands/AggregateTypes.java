package io.swarmledger.commands;

import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.StoredTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of aggregates of a ledger, and the commands that ask for their events. */
public final class AggregateTypes {

    private static final AggregateTypes OF_LEDGER = new AggregateTypes(
            List.of(AggregateType.AGENT, AggregateType.TASK, AggregateType.MEMORY, AggregateType.SWARM));

    private final Map<String, AggregateType> byType = new LinkedHashMap<>();

    private AggregateTypes(List<AggregateType> types) {
        for (AggregateType type : types) {
            if (byType.put(type.type(), type) != null) {
                throw new DeclarationRefused("There are two aggregates of type " + type.type());
            }
        }
    }

    /** The four that every ledger has. */
    public static AggregateTypes ofLedger() {
        return OF_LEDGER;
    }

    /**
     * These and more.
     *
     * @throws DeclarationRefused naming what is wrong, if one of that type is there, or one of them is not declared as
     *     it must be
     */
    public AggregateTypes and(List<AggregateType> more) {
        more.forEach(OwnAggregates::require);
        List<AggregateType> types = new ArrayList<>(byType.values());
        types.addAll(more);
        return new AggregateTypes(types);
    }

    /** All of them. */
    public List<AggregateType> all() {
        return List.copyOf(byType.values());
    }

    /** The one of that type; empty if there is none. */
    public Optional<AggregateType> of(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** The one of that class; empty if there is none. */
    public Optional<AggregateType> of(Class<?> root) {
        return byType.values().stream().filter(type -> type.root().equals(root)).findFirst();
    }

    /** Their types. */
    public List<String> names() {
        return List.copyOf(byType.keySet());
    }

    /** What a log of them may store: their events and their snapshots. */
    public StoredTypes storedTypes() {
        StoredTypes types = StoredTypes.events();
        for (AggregateType type : byType.values()) {
            if (OF_LEDGER.of(type.type()).isEmpty()) {
                types = types.and(type.events());
            }
            types = types.and(type.root(), type.snapshotName(), type.snapshotRevision());
        }
        return types;
    }

    /**
     * The command that asks for {@code event} on the stream of {@code aggregateId}, so that whoever holds an event can have
     * it decided like any other wish.
     *
     * @param event a known event, as far as the caller says: what was left out is {@code null}
     * @throws MalformedCommand if the event names another aggregate, misses what its command requires, or is of a type
     *     that only {@link Observe} takes
     */
    public LedgerCommand decide(String aggregateId, LedgerEvent event) {
        Optional<AggregateType> type = typeOf(event);
        if (type.isEmpty()) {
            return Decide.of(aggregateId, event);
        }
        Facts.checkOwnId(Require.id("aggregateId", aggregateId), event);
        return type.get().decide().apply(aggregateId, event);
    }

    /**
     * The command that records {@code event} as a fact.
     *
     * @param aggregateType of the stream; {@code null} for that of the event, if it is a known one
     * @throws MalformedCommand if there is no such type, the id is no id, the event belongs to another type or names
     *     another aggregate, or it is of a known type and cannot be read as one
     */
    public Observe observe(String aggregateType, String aggregateId, LedgerEvent event) {
        String type = aggregateType != null
                ? aggregateType
                : typeOf(event).map(AggregateType::type).orElse(null);
        AggregateType declared = byType.get(Require.oneOf(names(), "aggregateType", type));
        Observe.require(declared.type(), aggregateId, event);
        return declared.observe().apply(aggregateId, event);
    }

    private Optional<AggregateType> typeOf(LedgerEvent event) {
        return event == null || event instanceof OpaqueEvent
                ? Optional.empty()
                : byType.values().stream()
                        .filter(type -> type.events().isInstance(event))
                        .findFirst();
    }
}
