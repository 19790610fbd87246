package io.swarmledger.query;

import io.swarmledger.events.LedgerEvent;

/**
 * A pure function from a state and an event to the next state: no clock, no I/O. The live projection, the rebuild and
 * the state of an aggregate at any moment are this one code.
 *
 * @param <S> an immutable state; {@code null} stands for what is not there (yet)
 */
@FunctionalInterface
public interface Fold<S> {

    /**
     * The state after {@code event}.
     *
     * @param state the state before, {@code null} if there is none
     * @param event any event, those of other features and opaque ones included: they are passed over
     * @param recorded where and when the event was recorded
     */
    S evolve(S state, LedgerEvent event, Recorded recorded);
}
