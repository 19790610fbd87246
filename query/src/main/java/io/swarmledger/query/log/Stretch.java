package io.swarmledger.query.log;

import java.util.List;

/**
 * A part of the log.
 *
 * @param events those that were asked for
 * @param upTo the position up to which there are no others of them
 */
public record Stretch(List<RecordedEvent> events, long upTo) {}
