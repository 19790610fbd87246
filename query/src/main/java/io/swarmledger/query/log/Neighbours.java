package io.swarmledger.query.log;

/**
 * What lies around a position in the history of one aggregate; {@code null} for what is not there.
 *
 * @param previous the position of its last event before it
 * @param current its last event up to it
 * @param next the position of its first event behind it
 */
public record Neighbours(Long previous, RecordedEvent current, Long next) {}
