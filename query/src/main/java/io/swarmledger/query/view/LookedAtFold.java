package io.swarmledger.query.view;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Fold;
import io.swarmledger.query.Recorded;

/**
 * A fold that may answer a state which cannot be stored. To look at each state costs as much as the folding, so a
 * rebuild looks at what it stores, once a batch; from the first time on that one cannot be, each is looked at where its event
 * is folded, which is put aside then.
 *
 * @param <S> the state
 */
public interface LookedAtFold<S> extends Fold<S> {

    /** The same as {@link #evolve}, but nobody has looked whether the state can be stored. */
    S evolveUnseen(S state, LedgerEvent event, Recorded recorded);

    /**
     * Looks whether a state can be stored, and read again.
     *
     * @param before what it was folded from, {@code null} if from nothing
     * @throws RuntimeException if it cannot
     */
    void requireStorable(S before, S after);

    /** Whether there was one that could not be. */
    boolean isSuspect();

    /** There was one that cannot be stored. */
    void suspect();
}
