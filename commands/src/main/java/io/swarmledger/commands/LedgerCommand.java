package io.swarmledger.commands;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;

/**
 * A wish that one event be appended to the stream of one aggregate.
 *
 * <p>Each behaviour is a record whose components are those of its event; what is {@code null} the aggregate fills in.
 * {@link Decide} makes such a command from an event, {@link Observe} records an event whether the rules like it or not.
 * Who says so and when travels beside the command, as an {@link io.swarmledger.events.Envelope} in its message's
 * metadata. A record refuses what is malformed when it is made: {@link MalformedCommand}.
 */
public interface LedgerCommand {

    /** The id of the agent, task, memory or swarm. */
    String aggregateId();

    /** {@code agent}, {@code task}, {@code memory} or {@code swarm}. */
    String aggregateType();

    /** The event that it asks for, as far as the caller says: what was left out is still {@code null}. */
    LedgerEvent event();

    /** The stable name of the event that it asks for, such as {@code agent:spawned}. */
    default String eventType() {
        return EventTypes.nameOf(event());
    }

    /** Whether it asks for something to come into being: an agent spawned, a task created, and so on. */
    default boolean creates() {
        return EventTypes.begins(event());
    }
}
