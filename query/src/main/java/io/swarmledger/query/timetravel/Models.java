package io.swarmledger.query.timetravel;

import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.memory.MemoryQueries;
import io.swarmledger.query.swarm.SwarmQueries;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.view.ReadModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The four read models, by the numbers that the index calls them by. */
final class Models {

    static final List<ReadModel<?>> ALL =
            List.of(AgentQueries.MODEL, TaskQueries.MODEL, MemoryQueries.MODEL, SwarmQueries.MODEL);

    private static final Map<String, ReadModel<?>> BY_TYPE = ALL.stream()
            .collect(Collectors.toMap(ReadModel::type, Function.identity(), (one, other) -> one, LinkedHashMap::new));

    private Models() {}

    /** The model that folds events of that type, such as {@code task:started}; empty if none does. */
    static Optional<ReadModel<?>> ofEvents(String eventType) {
        int end = eventType.indexOf(':');
        return end < 0 ? Optional.empty() : Optional.ofNullable(BY_TYPE.get(eventType.substring(0, end)));
    }

    /**
     * The model of things of that type.
     *
     * @throws InvalidQuery if there is none
     */
    static ReadModel<?> ofType(String type) {
        ReadModel<?> model = type == null ? null : BY_TYPE.get(type);
        if (type == null) {
            throw InvalidQuery.malformed("type", "is missing: one of " + String.join(", ", BY_TYPE.keySet()));
        }
        if (model == null) {
            throw InvalidQuery.outOfRange("type", type + " is none of " + String.join(", ", BY_TYPE.keySet()));
        }
        return model;
    }

    /** The names of the projections that tell of things of that type: one, or none if no things are of it. */
    static List<String> viewsOf(String type) {
        return ALL.stream()
                .filter(model -> model.type().equals(type))
                .map(model -> model.table().projection())
                .toList();
    }

    static int numberOf(ReadModel<?> model) {
        return ALL.indexOf(model);
    }

    static ReadModel<?> of(int number) {
        return ALL.get(number);
    }
}
