package io.swarmledger.query.timetravel;

import io.swarmledger.query.log.LogRow;
import java.util.Comparator;

/**
 * The event that something is owed to, as much of it as one needs to find it.
 *
 * @param timestamp epoch milliseconds
 */
public record EventRef(long position, String id, String type, double timestamp) {

    static final Comparator<EventRef> BY_POSITION = Comparator.comparingLong(EventRef::position);

    /** The event in a row of the log. */
    static EventRef of(LogRow row) {
        return new EventRef(
                row.position(), row.id(), row.type(), row.timestamp().doubleValue());
    }
}
