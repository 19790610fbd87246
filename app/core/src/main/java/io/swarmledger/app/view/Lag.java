package io.swarmledger.app.view;

/**
 * How far somebody who follows the log is behind it.
 *
 * @param events that were not seen
 * @param age how long the oldest of them has been there, milliseconds; 0 if there is none. It is counted from the start of
 *     this process, and seen to the second
 * @param stillFor how long nothing was seen although there is something, milliseconds
 * @param grows whether there are more of them than a minute ago, and the oldest is older than that
 */
public record Lag(long events, long age, long stillFor, boolean grows) {

    private static final long STILL_MS = 10_000;
    private static final long STILL_FOR_LONG_MS = 30_000;

    static final Lag NONE = new Lag(0, 0, 0, false);

    /** Whether it does not keep up. */
    public boolean isFault() {
        return grows || stillFor >= STILL_MS;
    }

    /** Whether it has stopped, as far as can be told. */
    public boolean isStandstill() {
        return stillFor >= STILL_FOR_LONG_MS;
    }

    /** In words. */
    public String describe() {
        return "it is " + events + (events == 1 ? " event" : " events") + " behind, the oldest for " + age / 1_000
                + " s, "
                + (grows ? "and falls further behind" : "and has seen none of them for " + stillFor / 1_000 + " s");
    }
}
