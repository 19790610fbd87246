package io.swarmledger.commands;

import io.swarmledger.commands.agent.Agent;
import io.swarmledger.commands.memory.Memory;
import io.swarmledger.commands.swarm.Swarm;
import io.swarmledger.commands.task.Task;
import io.swarmledger.events.StoredTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The four aggregates, and the names and revisions under which their snapshots are stored. */
public enum AggregateTypes {
    AGENT("agent", Agent.class, Agent.SNAPSHOT_REVISION),
    TASK("task", Task.class, Task.SNAPSHOT_REVISION),
    MEMORY("memory", Memory.class, Memory.SNAPSHOT_REVISION),
    SWARM("swarm", Swarm.class, Swarm.SNAPSHOT_REVISION);

    private final String type;
    private final Class<? extends LedgerAggregate> root;
    private final String snapshotRevision;

    AggregateTypes(String type, Class<? extends LedgerAggregate> root, String snapshotRevision) {
        this.type = type;
        this.root = root;
        this.snapshotRevision = snapshotRevision;
    }

    /** The type as the log has it: {@code agent}, {@code task}, {@code memory} or {@code swarm}. */
    public String type() {
        return type;
    }

    /** The aggregate's class. */
    public Class<? extends LedgerAggregate> root() {
        return root;
    }

    /** The stable name of its snapshots; event types have a colon, so that it is never one of them. */
    public String snapshotName() {
        return type + "-snapshot";
    }

    /** The revision of its snapshots. A snapshot of another revision is passed over. */
    public String snapshotRevision() {
        return snapshotRevision;
    }

    /** The one of that type; empty if there is none. */
    public static Optional<AggregateTypes> of(String type) {
        return Arrays.stream(values()).filter(one -> one.type.equals(type)).findFirst();
    }

    /** The four types. */
    public static List<String> names() {
        return Arrays.stream(values()).map(AggregateTypes::type).toList();
    }

    /** {@code types} and the snapshots of the four aggregates. */
    public static StoredTypes register(StoredTypes types) {
        StoredTypes result = types;
        for (AggregateTypes one : values()) {
            result = result.and(one.root, one.snapshotName(), one.snapshotRevision);
        }
        return result;
    }
}
