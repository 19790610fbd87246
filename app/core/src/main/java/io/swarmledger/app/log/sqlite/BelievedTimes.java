package io.swarmledger.app.log.sqlite;

import static io.swarmledger.app.log.sqlite.LogTable.EVENTS;

import io.swarmledger.query.Recorded;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the log's times have come to at an event. One that cannot be is kept as it was given and counts as the last that
 * could: here alone it is decided which.
 *
 * @param last the time of the last event whose time was believed, epoch milliseconds, {@link Recorded#NEVER} before it
 * @param latest the latest of those
 */
record BelievedTimes(double last, double latest) {

    private static final BelievedTimes NONE = new BelievedTimes(Recorded.NEVER, Recorded.NEVER);

    /** At the end of that log. */
    static BelievedTimes of(Connection log) throws SQLException {
        try (Statement statement = log.createStatement();
                ResultSet end = statement.executeQuery("SELECT coalesce(believedAt, timeStamp), asOf FROM " + EVENTS
                        + " ORDER BY globalIndex DESC LIMIT 1")) {
            return end.next() ? new BelievedTimes(end.getDouble(1), end.getDouble(2)) : NONE;
        }
    }

    /** Whether an event of that time can have been recorded then: clocks differ, by {@code tolerance} at most. */
    static boolean isBelieved(double time, long recordedAt, long tolerance) {
        return time >= 0 && time <= (double) recordedAt + tolerance;
    }

    /** At the next event, whose time is believed. */
    BelievedTimes with(double time) {
        return new BelievedTimes(time, Math.max(latest, time));
    }
}
