package io.swarmledger.query.suspect;

/**
 * Fisher's exact test, two-sided: how likely a table of two by two is with the sums that it has, or one that is no likelier.
 * It holds for however few, which others do not.
 */
final class Fisher {

    /** Tables that are as likely may differ in the last digits. */
    private static final double ABOUT = 1 + 1e-7;

    private final double[] logFactorials;

    /** For tables of so many at most. */
    Fisher(int most) {
        logFactorials = new double[most + 1];
        for (int i = 1; i <= most; i++) {
            logFactorials[i] = logFactorials[i - 1] + Math.log(i);
        }
    }

    /**
     * The probability.
     *
     * @param a with both, {@code b} with the first alone, {@code c} with the second alone, {@code d} with neither
     */
    double p(int a, int b, int c, int d) {
        if (a + b > c + d || a + b == c + d && a > c) {
            // The same table the other way round is as likely to the last digit.
            return p(c, d, a, b);
        }
        double here = Math.exp(log(a, b, c, d)) * ABOUT;
        double sum = 0;
        for (int x = Math.max(0, a - d); x <= Math.min(a + b, a + c); x++) {
            double there = Math.exp(log(x, a + b - x, a + c - x, d - a + x));
            sum += there <= here ? there : 0;
        }
        return Math.min(1, sum);
    }

    private double log(int a, int b, int c, int d) {
        return logFactorials[a + b]
                + logFactorials[c + d]
                + logFactorials[a + c]
                + logFactorials[b + d]
                - logFactorials[a + b + c + d]
                - logFactorials[a]
                - logFactorials[b]
                - logFactorials[c]
                - logFactorials[d];
    }
}
