package io.swarmledger.app.bench;

/**
 * What the service takes in over HTTP, beside what the same ledger takes in without a door: medians of the rounds. Rates
 * are a second, times milliseconds. Clients and service share the machine.
 *
 * @param events the size of the run
 * @param commands64 in process, 64 clients, the views at rest, as {@link BenchReport#commands} has it
 * @param commands64WithViews the same, the four views following, as they do in the service
 * @param appends64 {@code POST /api/events} with one event each over 64 connections that stay open, each event on disk
 *     when it is answered
 * @param appends64BesideConsumers the same beside 500 consumers of the live stream that never read
 * @param bulkAppend events of a claude-flow database imported, in process
 * @param ndjson events of one body of lines, sent over one connection until the last of its answers is read
 * @param ndjsonEvents how many such a body has
 */
public record HttpReport(
        long events,
        int rounds,
        Machine machine,
        Throughput commands64,
        Throughput commands64WithViews,
        Throughput appends64,
        Throughput appends64BesideConsumers,
        double bulkAppend,
        double ndjson,
        long ndjsonEvents,
        Ratios ratios) {

    /** What is over HTTP over what is in process, of the same round; medians of the rounds' ratios. */
    public record Ratios(
            double appends64ToCommands64,
            double appends64ToCommands64WithViews,
            double besideConsumersToAppends64,
            double ndjsonToBulkAppend) {}
}
