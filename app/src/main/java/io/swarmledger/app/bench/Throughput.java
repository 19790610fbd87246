package io.swarmledger.app.bench;

import org.HdrHistogram.Histogram;

/**
 * How fast commands were answered.
 *
 * @param perSecond commands answered a second, by all clients together
 * @param p50Ms half of them were answered within that many milliseconds
 * @param p99Ms 99 of 100
 * @param p999Ms 999 of 1,000
 */
public record Throughput(double perSecond, double p50Ms, double p99Ms, double p999Ms) {

    static Throughput of(Histogram latencies, long elapsedNanos) {
        return new Throughput(
                Rate.perSecond(latencies.getTotalCount(), elapsedNanos),
                Rate.millisAt(latencies, 50),
                Rate.millisAt(latencies, 99),
                Rate.millisAt(latencies, 99.9));
    }
}
