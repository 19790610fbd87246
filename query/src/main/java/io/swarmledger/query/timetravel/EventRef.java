package io.swarmledger.query.timetravel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;

/**
 * The event that something is owed to, as much of it as one needs to find it.
 *
 * @param timestamp epoch milliseconds
 */
public record EventRef(long position, String id, String type, double timestamp) {

    static final Comparator<EventRef> BY_POSITION = Comparator.comparingLong(EventRef::position);

    /** The event in a whole row of the log. */
    static EventRef read(ResultSet row) throws SQLException {
        return new EventRef(
                row.getLong("globalIndex"),
                row.getString("eventIdentifier"),
                row.getString("payloadType"),
                row.getDouble("timeStamp"));
    }
}
