package io.swarmledger.query.timetravel;

/**
 * How long something lasted, roughly: n for less than 4^n positions and no less than 4^(n-1). What lasted that long and was
 * there at a position began within 4^n positions before it, so that what is looked at to find it is not much more than
 * what is found, however much was there before and is gone.
 */
final class Span {

    /** What lasts still. */
    static final int LASTING = 0;

    private Span() {}

    /** The span of that many positions, at least 1. */
    static int of(long positions) {
        return (Long.SIZE - Long.numberOfLeadingZeros(positions) + 1) / 2;
    }

    /** Fewer positions than this. */
    static long limit(int span) {
        return 1L << 2 * span;
    }
}
