package io.swarmledger.query;

import io.swarmledger.events.LedgerEvent;

/** Folds what is told, one event a second: the n-th is recorded at n * 1,000 ms. */
public final class Told {

    public static final String ID = "stream-1";

    private Told() {}

    /** The state after these events, from nothing. */
    public static <S> S to(Fold<S> fold, LedgerEvent... events) {
        S state = null;
        double time = 0;
        for (LedgerEvent event : events) {
            time += 1_000;
            state = fold.evolve(state, event, at(time));
        }
        return state;
    }

    /** What is recorded of an event of that time. */
    public static Recorded at(double time) {
        return new Recorded(ID, time, "alpha");
    }
}
