package io.swarmledger.query;

/** Shares of a whole; of nothing there are none. */
public final class Rates {

    private Rates() {}

    /** {@code part / (part + rest)}, {@code null} if both are 0. */
    public static Double of(long part, long rest) {
        return part + rest == 0 ? null : Double.valueOf((double) part / (part + rest));
    }

    /** {@code sum / count}, {@code null} if the count is 0. */
    public static Double average(double sum, long count) {
        return count == 0 ? null : Double.valueOf(Finite.clamp(sum) / count);
    }
}
