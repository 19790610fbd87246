package io.swarmledger.query;

/**
 * What is computed of what histories say, which may be anything: times that no clock has shown do not make a number that
 * JSON has no word for.
 */
public final class Finite {

    private Finite() {}

    /** The number, or the largest one there is. */
    public static double clamp(double number) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
    }
}
