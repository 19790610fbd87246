package io.swarmledger.app.bench;

import org.HdrHistogram.Histogram;

/** Nanoseconds as people read them, no more digits than the measuring is worth. */
final class Rate {

    private Rate() {}

    static double perSecond(long count, long nanos) {
        return Math.rint(count * 1e9 / nanos);
    }

    static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }

    static double millisAt(Histogram latencies, double percentile) {
        return millis(latencies.getValueAtPercentile(percentile));
    }

    /** Ours over theirs. */
    static double ratio(double ours, double theirs) {
        return Math.round(ours / theirs * 1e3) / 1e3;
    }

    /** A histogram of nanoseconds, three digits, up to a minute. */
    static Histogram histogram() {
        return new Histogram(60_000_000_000L, 3);
    }
}
