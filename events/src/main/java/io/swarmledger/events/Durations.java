package io.swarmledger.events;

/** How long something took, in milliseconds. */
public final class Durations {

    /** As far as JavaScript's dates reach, in both directions: sums of such numbers stay exact. */
    public static final double LONGEST = 8_640_000_000_000_000d;

    private Durations() {}

    /** Whether anything can have taken so long: history may say anything. */
    public static boolean canBe(double millis) {
        return millis >= 0 && millis <= LONGEST;
    }

    /** What is told of it; {@code null} if nothing is, or what cannot be. */
    public static Double orNone(Double millis) {
        return millis != null && canBe(millis) ? millis : null;
    }
}
