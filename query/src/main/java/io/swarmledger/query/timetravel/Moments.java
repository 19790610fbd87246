package io.swarmledger.query.timetravel;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Times and positions: event times may go back, the latest time until a position never does. */
final class Moments {

    private final JdbcClient index;
    private final JdbcClient log;

    Moments(JdbcClient index, JdbcClient log) {
        this.index = index;
        this.log = log;
    }

    /** The highest position up to which no event is later than {@code time}; the highest there can be if none is later. */
    long positionAt(double time) {
        Long start = index.sql("SELECT coalesce(max(position), 0) FROM Latest WHERE timestamp <= ?")
                .param(time)
                .query(Long.class)
                .single();
        // By the index of times SQLite would sort everything that is later.
        Optional<Long> later = log.sql("SELECT globalIndex FROM DomainEventEntry WHERE globalIndex > ?"
                        + " AND +timeStamp > ? ORDER BY globalIndex LIMIT 1")
                .params(start, time)
                .query(Long.class)
                .optional();
        return later.map(position -> position - 1).orElse(Long.MAX_VALUE);
    }

    /** The latest time of an event up to that position; {@code null} if there is no event. */
    Double latestAt(long position) {
        record Start(long position, double time) {}
        Start start = index.sql(
                        "SELECT position, timestamp FROM Latest WHERE position <= ? ORDER BY position DESC LIMIT 1")
                .param(position)
                .query((row, number) -> new Start(row.getLong(1), row.getDouble(2)))
                .optional()
                .orElse(new Start(0, Double.NEGATIVE_INFINITY));
        double latest = log.sql(
                        "SELECT max(timeStamp) FROM DomainEventEntry WHERE globalIndex > ? AND globalIndex <= ?")
                .params(start.position(), position)
                .query((row, number) -> row.getObject(1) == null ? Double.NEGATIVE_INFINITY : row.getDouble(1))
                .single();
        double time = Math.max(start.time(), latest);
        return time == Double.NEGATIVE_INFINITY ? null : time;
    }
}
