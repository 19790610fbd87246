package io.swarmledger.app.alert;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * When it is time to look for incidents again: when something was appended, or when time alone may have changed what there
 * is, and then not more often than a twentieth of the time goes into it. A ledger to which nothing was appended for so long
 * that time changes nothing any more is left alone. Times in nanoseconds of a clock that never goes back. For one thread.
 */
public final class Looks {

    private static final long SHORTEST_REST = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(15);
    private static final int RESTS_FOR_WORK = 20;
    private static final int LOOKS_WITHIN = 10;

    /** What was repeated so long ago is no repetition any more, and what failed is no longer new. */
    private static final Duration LATELY = Duration.ofHours(1);

    private final long every;
    private final long horizon;
    private boolean hasLooked;
    private long head = -1;
    private long movedAt;
    private long looked;
    private long rest;

    /**
     * Nobody has looked yet.
     *
     * @param shortest the shortest time after which something is an incident though nothing was appended
     * @param longest for so long after the last event time alone may change what there is
     */
    Looks(Duration shortest, Duration longest) {
        every = Math.max(SHORTEST_REST, Math.min(LONGEST_REST, shortest.toNanos() / LOOKS_WITHIN));
        horizon = longest.toNanos() + 2 * every;
    }

    /**
     * Nobody has looked yet.
     *
     * @param silentAfter after so long without a word something is silent
     * @param stuckAfter what waits for so long is stuck
     * @param tolerance so far ahead of the clock the time of an event may be
     */
    public static Looks of(Duration silentAfter, Duration stuckAfter, Duration tolerance) {
        Duration longest = Stream.of(silentAfter, stuckAfter, LATELY)
                .max(Duration::compareTo)
                .orElseThrow();
        return new Looks(silentAfter.compareTo(stuckAfter) < 0 ? silentAfter : stuckAfter, longest.plus(tolerance));
    }

    /**
     * Whether it is time.
     *
     * @param last the position of the last event
     */
    public boolean isTime(long last, long now) {
        boolean hasMoved = last != head;
        if (hasMoved && (!hasLooked || now - looked >= rest)) {
            return true;
        }
        return !hasMoved && now - looked >= Math.max(rest, every) && now - movedAt <= horizon;
    }

    /** Somebody has looked, having seen everything up to that position, from one time to another. */
    public void looked(long last, long from, long to) {
        if (last != head) {
            head = last;
            movedAt = from;
        }
        hasLooked = true;
        looked = to;
        rest = Math.max(SHORTEST_REST, (to - from) * RESTS_FOR_WORK);
    }
}
