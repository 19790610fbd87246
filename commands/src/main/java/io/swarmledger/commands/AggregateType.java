package io.swarmledger.commands;

import io.swarmledger.commands.agent.Agent;
import io.swarmledger.commands.memory.Memory;
import io.swarmledger.commands.swarm.Swarm;
import io.swarmledger.commands.task.Task;
import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentEvent;
import io.swarmledger.events.memory.MemoryEvent;
import io.swarmledger.events.swarm.SwarmEvent;
import io.swarmledger.events.task.TaskEvent;
import java.util.function.BiFunction;

/**
 * A kind of aggregate: its events, and what decides them.
 *
 * @param type as the log has it, such as {@code agent}; the first word of the names of its events
 * @param events the sealed interface of its events; where one of them has the aggregate's id, in {@code agentId} and its like
 *     or what is marked as its {@link io.swarmledger.events.AggregateId}, it is that of its stream
 * @param root the aggregate's class
 * @param snapshotRevision the revision of its snapshots; one of another revision is passed over
 * @param decide the command that asks for an event of it, given the aggregate's id
 * @param observe the command that records an event of it as a fact, given the aggregate's id
 */
public record AggregateType(
        String type,
        Class<? extends LedgerEvent> events,
        Class<? extends LedgerAggregate> root,
        String snapshotRevision,
        BiFunction<String, LedgerEvent, LedgerCommand> decide,
        BiFunction<String, LedgerEvent, Observe> observe) {

    public static final AggregateType AGENT = new AggregateType(
            Agent.TYPE, AgentEvent.class, Agent.class, Agent.SNAPSHOT_REVISION, Decide::of, ObserveAgent::new);

    public static final AggregateType TASK = new AggregateType(
            Task.TYPE, TaskEvent.class, Task.class, Task.SNAPSHOT_REVISION, Decide::of, ObserveTask::new);

    public static final AggregateType MEMORY = new AggregateType(
            Memory.TYPE, MemoryEvent.class, Memory.class, Memory.SNAPSHOT_REVISION, Decide::of, ObserveMemory::new);

    public static final AggregateType SWARM = new AggregateType(
            Swarm.TYPE, SwarmEvent.class, Swarm.class, Swarm.SNAPSHOT_REVISION, Decide::of, ObserveSwarm::new);

    /**
     * What is declared.
     *
     * @throws DeclarationRefused naming what is {@code null}
     */
    public AggregateType {
        if (type == null) {
            throw new DeclarationRefused("An aggregate" + (root == null ? "" : ", " + root.getName() + ",")
                    + " is declared without a type: give it the first word of the names of its events");
        }
        requireGiven(type, "events", events);
        requireGiven(type, "root", root);
        requireGiven(type, "snapshotRevision", snapshotRevision);
        requireGiven(type, "decide", decide);
        requireGiven(type, "observe", observe);
    }

    private static void requireGiven(String type, String what, Object given) {
        if (given == null) {
            throw new DeclarationRefused(
                    "The aggregate " + type + " is declared without " + what + ": give its AggregateType one");
        }
    }

    /** The stable name of its snapshots; event types have a colon, so that it is never one of them. */
    public String snapshotName() {
        return type + "-snapshot";
    }

    @Override
    public String toString() {
        return type;
    }
}
