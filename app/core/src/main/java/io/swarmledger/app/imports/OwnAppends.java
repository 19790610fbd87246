package io.swarmledger.app.imports;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** What an import appends, to tell whether anybody else has: as long as nobody has, it knows of everything that is new. */
final class OwnAppends {

    private final LongSupplier head;
    private final boolean intoNothing;
    private volatile Stretch last;
    private volatile long byOthers;

    /** From behind a position to another. */
    private record Stretch(long after, long to) {}

    /**
     * None yet.
     *
     * @param head the position of the last event that anybody has written
     */
    OwnAppends(LongSupplier head) {
        this.head = head;
        long now = head.getAsLong();
        intoNothing = now == 0;
        last = new Stretch(now, now);
    }

    /** These will be there when the transaction ends in which nobody else writes. */
    void append(long first, long to) {
        if (last.to() != first - 1) {
            byOthers++;
        }
        last = new Stretch(first - 1, to);
    }

    /** Whether nothing was there before, and nobody else has written up to that mark. */
    boolean areAllUpTo(long mark) {
        return intoNothing && mark == 0;
    }

    /** For {@link #areAllSince}; empty if others have written just now. */
    OptionalLong mark() {
        long mark = byOthers;
        return areAllSince(mark) ? OptionalLong.of(mark) : OptionalLong.empty();
    }

    /** Whether nobody else has written since then. */
    boolean areAllSince(long mark) {
        long now = head.getAsLong();
        Stretch own = last;
        return (now == own.after() || now == own.to()) && byOthers == mark;
    }
}
