package io.swarmledger.query.log;

/**
 * A snapshot as it lies in the log.
 *
 * @param version of the last event that is in it
 * @param state as whoever took it stored it
 * @param timestamp epoch milliseconds
 * @param imported whether it came with an imported database; nothing is ever rebuilt from such a one
 */
public record StoredSnapshot(
        String aggregateId, String aggregateType, long version, RawJson state, Double timestamp, boolean imported) {}
