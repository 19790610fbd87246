package io.swarmledger.query;

import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.memory.MemoryQueries;
import io.swarmledger.query.swarm.SwarmQueries;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.view.ReadModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The read models of a ledger, each by the type of its things, and by the number that an index of moments calls it by. */
public final class ReadModels {

    private static final ReadModels OF_LEDGER =
            new ReadModels(List.of(AgentQueries.MODEL, TaskQueries.MODEL, MemoryQueries.MODEL, SwarmQueries.MODEL));

    private final List<ReadModel<?>> all;
    private final Map<String, ReadModel<?>> byType = new LinkedHashMap<>();

    private ReadModels(List<ReadModel<?>> all) {
        this.all = List.copyOf(all);
        for (ReadModel<?> model : all) {
            if (byType.put(model.type(), model) != null) {
                throw new DeclarationRefused("There are two read models of type " + model.type());
            }
        }
        requireATableEach(all);
    }

    private static void requireATableEach(List<ReadModel<?>> models) {
        Map<String, ReadModel<?>> byTable = new HashMap<>();
        for (ReadModel<?> model : models) {
            ReadModel<?> other = byTable.put(model.table().table(), model);
            if (other != null) {
                throw new DeclarationRefused("The read models " + other.type() + " and " + model.type()
                        + " have one table, " + model.table().table());
            }
        }
    }

    /** The four that every ledger has. */
    public static ReadModels ofLedger() {
        return OF_LEDGER;
    }

    /**
     * These and more.
     *
     * @throws DeclarationRefused if one of that type, or with that table, is there
     */
    public ReadModels and(List<ReadModel<?>> more) {
        List<ReadModel<?>> models = new ArrayList<>(all);
        models.addAll(more);
        return new ReadModels(models);
    }

    /** All of them, by their numbers. */
    public List<ReadModel<?>> all() {
        return all;
    }

    /** Those that not every ledger has. */
    public List<ReadModel<?>> own() {
        return all.stream().filter(model -> !OF_LEDGER.all.contains(model)).toList();
    }

    /** The types of their things. */
    public List<String> types() {
        return List.copyOf(byType.keySet());
    }

    /** The names of the projections that keep them, each also that of its event processor. */
    public List<String> projections() {
        return all.stream().map(model -> model.table().projection()).toList();
    }

    /** Those that fold events of that type, such as {@code task:started}. */
    public List<ReadModel<?>> ofEvents(String eventType) {
        return all.stream().filter(model -> model.folds(eventType)).toList();
    }

    /** The fold for streams of that type of aggregate; empty for {@code null} and for a type that has none. */
    @SuppressWarnings("unchecked")
    public Optional<Fold<Object>> foldOf(String aggregateType) {
        return Optional.ofNullable(aggregateType)
                .map(byType::get)
                .filter(ReadModel::isByAggregate)
                .map(model -> (Fold<Object>) model.fold());
    }

    /** What the stream of an aggregate of that type tells of its state, without what others tell of it. */
    @SuppressWarnings("unchecked")
    public Object alone(String aggregateType, Object state) {
        return state == null || !byType.containsKey(aggregateType)
                ? state
                : ((ReadModel<Object>) byType.get(aggregateType)).alone().apply(state);
    }

    /**
     * The model of things of that type.
     *
     * @throws InvalidQuery if there is none
     */
    public ReadModel<?> ofType(String type) {
        if (type == null) {
            throw InvalidQuery.malformed("type", "is missing: one of " + String.join(", ", types()));
        }
        ReadModel<?> model = byType.get(type);
        if (model == null) {
            throw InvalidQuery.outOfRange("type", type + " is none of " + String.join(", ", types()));
        }
        return model;
    }

    /** The names of the projections that tell of things of that type: one, or none if no things are of it. */
    public List<String> viewsOf(String type) {
        return Optional.ofNullable(byType.get(type))
                .map(model -> List.of(model.table().projection()))
                .orElse(List.of());
    }

    public int numberOf(ReadModel<?> model) {
        return all.indexOf(model);
    }

    /** The one of that number; empty for one that another program knows. */
    public Optional<ReadModel<?>> of(int number) {
        return number < all.size() ? Optional.of(all.get(number)) : Optional.empty();
    }
}
