package io.swarmledger.app.worker;

import java.time.Duration;
import java.time.Instant;

/**
 * How one of the process's threads stands.
 *
 * @param reason why it is not {@link State#OK}, {@code null} if it is
 */
public record Standing(String name, State state, String reason) {

    private static final long REMEMBERED_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long BRIEF_NANOS = Duration.ofSeconds(5).toNanos();

    /** From the best to the worst. */
    public enum State {
        OK,
        /** It failed within the last minute. */
        GOES_ON,
        /** It has failed for some seconds whenever it tried. */
        FAILING,
        /** It is not there any more. */
        LOST
    }

    static Standing ok(String name) {
        return new Standing(name, State.OK, null);
    }

    static Standing failing(String name, Throwable fault, long at, long forNanos) {
        return new Standing(
                name,
                forNanos < BRIEF_NANOS ? State.GOES_ON : State.FAILING,
                "It fails and tries again: " + text(fault, at));
    }

    static Standing goingOn(String name, Throwable fault, long at, long sinceNanos) {
        return sinceNanos > REMEMBERED_NANOS
                ? ok(name)
                : new Standing(name, State.GOES_ON, "It failed and goes on: " + text(fault, at));
    }

    static Standing lost(String name, Throwable fault, long at) {
        return lost(name, "It has ended" + (fault == null ? "" : ": " + text(fault, at)));
    }

    static Standing lost(String name, String reason) {
        return new Standing(name, State.LOST, reason);
    }

    private static String text(Throwable fault, long at) {
        return fault + " at " + Instant.ofEpochMilli(at);
    }
}
