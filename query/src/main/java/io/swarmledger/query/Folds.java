package io.swarmledger.query;

import io.swarmledger.query.agent.AgentFold;
import io.swarmledger.query.memory.MemoryFold;
import io.swarmledger.query.swarm.SwarmFold;
import io.swarmledger.query.task.TaskFold;
import java.util.Map;
import java.util.Optional;

/** The four folds by the type of the aggregates whose streams they fold. */
public final class Folds {

    private static final Map<String, Fold<?>> BY_TYPE = Map.of(
            "agent", new AgentFold(),
            "task", new TaskFold(),
            "memory", new MemoryFold(),
            "swarm", new SwarmFold());

    private Folds() {}

    /** The fold for streams of that type; empty for {@code null} and for a type that the ledger does not know. */
    @SuppressWarnings("unchecked")
    public static Optional<Fold<Object>> of(String aggregateType) {
        return Optional.ofNullable(aggregateType).map(type -> (Fold<Object>) BY_TYPE.get(type));
    }
}
