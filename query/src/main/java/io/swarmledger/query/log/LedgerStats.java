package io.swarmledger.query.log;

import java.util.Map;

/**
 * What is in the log.
 *
 * @param ledgerId who this ledger is; positions of two ledgers are not comparable
 * @param eventsByAggregate of the aggregates with most events, most first
 * @param aggregateCount how many aggregates have events
 * @param oldestEvent its time, epoch milliseconds, {@code null} if there is none
 * @param newestEvent likewise
 */
public record LedgerStats(
        String ledgerId,
        long totalEvents,
        Map<String, Long> eventsByType,
        Map<String, Long> eventsByAggregate,
        long aggregateCount,
        Double oldestEvent,
        Double newestEvent,
        long snapshotCount) {}
