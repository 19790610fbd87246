package io.swarmledger.query.timetravel;

import io.swarmledger.query.Recorded;
import io.swarmledger.query.log.EventLog;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Times and positions: event times may go back, the latest time until a position never does. */
final class LatestTimes {

    private final JdbcClient index;
    private final EventLog log;

    LatestTimes(JdbcClient index, EventLog log) {
        this.index = index;
        this.log = log;
    }

    /** The highest position up to which no event is later than {@code time}; the highest there can be if none is later. */
    long positionAt(double time) {
        Long start = index.sql("SELECT coalesce(max(position), 0) FROM Latest WHERE timestamp <= ?")
                .param(time)
                .query(Long.class)
                .single();
        return log.positionAt(time, start);
    }

    /** The latest time of an event up to that position; {@code null} if there is no event. */
    Double latestAt(long position) {
        record Start(long position, double time) {}
        Start start = index.sql(
                        "SELECT position, timestamp FROM Latest WHERE position <= ? ORDER BY position DESC LIMIT 1")
                .param(position)
                .query((row, number) -> new Start(row.getLong(1), row.getDouble(2)))
                .optional()
                .orElse(new Start(0, Recorded.NEVER));
        double latest = log.latest(start.position(), position).orElse(Recorded.NEVER);
        double time = Math.max(start.time(), latest);
        return time == Recorded.NEVER ? null : time;
    }
}
