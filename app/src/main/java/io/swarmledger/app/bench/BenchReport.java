package io.swarmledger.app.bench;

import java.util.Map;

/**
 * What a run of the benchmark found: medians of its rounds. Rates are a second, times milliseconds.
 *
 * @param events the size of the run
 * @param stockAxon commands of 64 clients on Axon as it comes
 * @param commands by the number of clients, the views at rest
 * @param commandsWithViews 64 clients, the four views following
 * @param commandsOnLog 64 clients, the views at rest, on a log that holds {@code events} already
 * @param bulkAppend events of a claude-flow database imported
 * @param catchUp events of the log that all four processors took in, from nothing, each on its own
 * @param rebuild events of the log by the view that was rebuilt, and {@code all} from one reading
 * @param bytesPerEvent of the log's file, as commands wrote it
 * @param heapMb in use after a collection, a ledger of {@code events} open
 */
public record BenchReport(
        long events,
        int rounds,
        Machine machine,
        Raw raw,
        double stockAxon,
        Map<String, Throughput> commands,
        LiveThroughput commandsWithViews,
        Throughput commandsOnLog,
        double bulkAppend,
        double catchUp,
        Map<String, Double> rebuild,
        AggregateLoad aggregateLoadMs,
        QueryLatency queryMs,
        double bytesPerEvent,
        double heapMb,
        Ratios ratios) {

    /**
     * SQLite itself, in rows a second.
     *
     * @param autocommit inserts, each a transaction
     * @param batch64 inserts, 64 a transaction
     * @param batch1000 inserts, 1,000 a transaction
     * @param scan rows read, all columns
     */
    public record Raw(double autocommit, double batch64, double batch1000, double scan) {}

    /**
     * Commands while the views follow.
     *
     * @param behind by how many events the last of the views was behind when the last command was answered
     * @param perSecondToViews commands a second, counted until every view has seen the last
     */
    public record LiveThroughput(
            double perSecond, double p50Ms, double p99Ms, double p999Ms, double behind, double perSecondToViews) {}

    /**
     * Ours over what it is held against, measured one right after the other on the same rows; medians of the rounds'
     * ratios.
     */
    public record Ratios(
            double commands64ToBatch64,
            double commands64ToStockAxon,
            double withViewsToBatch64,
            double commands1ToAutocommit,
            double commandsOnLogToCommands64,
            double bulkAppendToBatch1000) {}
}
