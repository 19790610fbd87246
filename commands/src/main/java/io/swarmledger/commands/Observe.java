package io.swarmledger.commands;

import io.swarmledger.events.LedgerEvent;

/**
 * Records what has happened elsewhere, whether the rules like it or not; the rules that it breaks are noted in the
 * event's metadata, under {@value LedgerAggregate#VIOLATIONS}. The event may be of an unknown type
 * ({@link io.swarmledger.events.OpaqueEvent}). What it leaves out is filled in as for any other command.
 */
public interface Observe extends LedgerCommand {

    /**
     * The fact for one of the ledger's own aggregates.
     *
     * @throws MalformedCommand as {@link AggregateTypes#observe} says
     */
    static Observe of(String aggregateType, String aggregateId, LedgerEvent event) {
        return AggregateTypes.ofLedger().observe(aggregateType, aggregateId, event);
    }

    /**
     * What each such command requires when it is made.
     *
     * @throws MalformedCommand if the id is no id, the event belongs to another type or names another aggregate, or it is of
     *     a known type and cannot be read as one
     */
    static void require(String aggregateType, String aggregateId, LedgerEvent event) {
        Facts.check(aggregateType, aggregateId, event);
    }
}
