package io.swarmledger.query.timetravel;

import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.memory.MemoryQueries;
import io.swarmledger.query.swarm.SwarmQueries;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.view.ReadModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The four read models, by the numbers that the index calls them by. */
final class Models {

    static final List<ReadModel<?>> ALL =
            List.of(AgentQueries.MODEL, TaskQueries.MODEL, MemoryQueries.MODEL, SwarmQueries.MODEL);

    private Models() {}

    /** The model that folds events of that type, such as {@code task:started}; empty if none does. */
    static Optional<ReadModel<?>> ofEvents(String eventType) {
        return ALL.stream()
                .filter(model -> eventType.startsWith(model.type() + ":"))
                .findFirst();
    }

    /**
     * The model of things of that type.
     *
     * @throws InvalidQuery if there is none
     */
    static ReadModel<?> ofType(String type) {
        return ALL.stream()
                .filter(model -> model.type().equals(type))
                .findFirst()
                .orElseThrow(() -> InvalidQuery.outOfRange(
                        "type",
                        type + " is none of "
                                + ALL.stream().map(ReadModel::type).collect(Collectors.joining(", "))));
    }

    static int numberOf(ReadModel<?> model) {
        return ALL.indexOf(model);
    }

    static ReadModel<?> of(int number) {
        return ALL.get(number);
    }
}
