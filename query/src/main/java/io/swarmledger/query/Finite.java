package io.swarmledger.query;

/**
 * Sums of what histories say, which may be anything: durations that no clock has measured do not make a number that JSON
 * has no word for.
 */
public final class Finite {

    private Finite() {}

    /** The sum, or the largest number there is. */
    public static double sum(double one, double other) {
        return clamp(one + other);
    }

    /** The number, or the largest one there is. */
    public static double clamp(double number) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
    }
}
