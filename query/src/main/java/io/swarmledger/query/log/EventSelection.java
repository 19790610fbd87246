package io.swarmledger.query.log;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * A part of the log, in the order of positions.
 *
 * @param criteria which events
 * @param after behind that position; {@code null} for the beginning
 * @param upTo up to that position; {@code null} for the end
 * @param newestFirst whether the order is from the end on
 * @param passOver so many are left out first
 * @param payloadCharacters of each payload so many characters; {@code null} for all of it
 */
@RecordBuilder
public record EventSelection(
        EventCriteria criteria, Long after, Long upTo, boolean newestFirst, long passOver, Long payloadCharacters)
        implements EventSelectionBuilder.With {

    /** From the first event to the last. */
    public static EventSelection of(EventCriteria criteria) {
        return new EventSelection(criteria, null, null, false, 0, null);
    }

    /** What is behind a position, up to another. */
    public static EventSelection between(long after, long upTo, EventCriteria criteria) {
        return new EventSelection(criteria, after, upTo == Long.MAX_VALUE ? null : upTo, false, 0, null);
    }
}
