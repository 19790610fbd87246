package io.swarmledger.commands;

import io.swarmledger.events.LedgerEvent;

/**
 * Records what has happened elsewhere, whether the rules like it or not; the rules that it breaks are noted in the
 * event's metadata, under {@value LedgerAggregate#VIOLATIONS}. The event may be of an unknown type
 * ({@link io.swarmledger.events.OpaqueEvent}). What it leaves out is filled in as for any other command.
 */
public sealed interface Observe extends LedgerCommand permits ObserveAgent, ObserveTask, ObserveMemory, ObserveSwarm {

    /**
     * The fact for the aggregate of that type and id.
     *
     * @throws MalformedCommand if there is no such type, the id is no id, the event belongs to another type or names
     *     another aggregate, or it is of a known type and cannot be read as one
     */
    static Observe of(String aggregateType, String aggregateId, LedgerEvent event) {
        switch (Require.oneOf(AggregateTypes.names(), "aggregateType", aggregateType)) {
            case "agent":
                return new ObserveAgent(aggregateId, event);
            case "task":
                return new ObserveTask(aggregateId, event);
            case "memory":
                return new ObserveMemory(aggregateId, event);
            default:
                return new ObserveSwarm(aggregateId, event);
        }
    }
}
