package io.swarmledger.app.bench;

/**
 * What questions about the past cost, beside one raw reading of the log: medians of the rounds. Times are milliseconds.
 *
 * @param events of the larger log; the smaller has a tenth of them
 * @param scanMs all rows of the larger log read by SQLite itself
 * @param indexPerSecond events of the log a second that the index of all moments takes in
 * @param indexBytesPerEvent what it has on disk
 * @param state of everything at positions anywhere in the larger log, a page of each list
 * @param stateOfTenth the same in the smaller log
 * @param diff what changed over a thousand positions anywhere in the larger log, a page
 * @param wordsPerSecond events of the log a second that the index of words takes in
 * @param wordBytesPerEvent what it has on disk
 * @param search for words that one event has or most have, a page
 * @param appends of 64 clients to the larger log a second, the views following
 * @param appendsBesideRebuild the same while all views are rebuilt
 */
public record TimeTravelReport(
        long events,
        int rounds,
        Machine machine,
        double scanMs,
        double indexPerSecond,
        double indexBytesPerEvent,
        Latency state,
        Latency stateOfTenth,
        Latency diff,
        double wordsPerSecond,
        double wordBytesPerEvent,
        Latency search,
        double appends,
        double appendsBesideRebuild,
        Ratios ratios) {

    /** Of that many questions, one after the other. */
    public record Latency(double p50Ms, double p99Ms, double maxMs) {}

    /**
     * Of one round; medians of the rounds' ratios.
     *
     * @param stateToScan what a question costs of a raw reading of the log
     * @param stateToStateOfTenth what it costs in a log of ten times the size
     * @param indexToScan how fast the index is made, beside reading
     * @param besideRebuildToAppends what a rebuild leaves of the rate of appends
     */
    public record Ratios(
            double stateToScan, double stateToStateOfTenth, double indexToScan, double besideRebuildToAppends) {}
}
