package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.check.plain.PlainEvent;
import io.swarmledger.app.check.plain.PlainLog;
import io.swarmledger.query.Recorded;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log as it is read for checks, through connections of its own: nobody who asks or appends waits for one. */
public final class LogByAggregate implements PlainLog {

    private static final String COLUMNS =
            "eventIdentifier, aggregateIdentifier, sequenceNumber, globalIndex, payloadType, timeStamp,"
                    + " nullif(coalesce(believedAt, timeStamp), " + Recorded.NEVER + "), swarmId, payload";

    private final JdbcClient log;

    /** The log in that file. */
    public LogByAggregate(Path file) {
        this.log = JdbcClient.create(SqliteConnections.reading(file));
    }

    /** In the order of the index by aggregate: nothing is sorted, however long the log is. */
    @Override
    public Stream<PlainEvent> byAggregate(Collection<String> types, long upTo) {
        return log
                .sql("SELECT " + COLUMNS + " FROM DomainEventEntry INDEXED BY event_by_aggregate"
                        + " WHERE payloadType IN (:types) AND globalIndex <= :upTo"
                        + " ORDER BY aggregateIdentifier, sequenceNumber")
                .param("types", types)
                .param("upTo", upTo)
                .query((row, number) -> event(row))
                .stream();
    }

    /** Sorted by SQLite, on disk where they are many. */
    @Override
    public Stream<Call> calls(Collection<String> types, CallsBy by, long upTo) {
        String of = by == CallsBy.SWARM
                ? "swarmId"
                : "CASE WHEN json_valid(payload) THEN CAST(json_extract(payload, '$.taskId') AS TEXT) END";
        return log
                .sql("SELECT " + COLUMNS + ", " + of + " AS called FROM DomainEventEntry WHERE payloadType IN (:types)"
                        + " AND globalIndex <= :upTo AND called IS NOT NULL ORDER BY called, globalIndex")
                .param("types", types)
                .param("upTo", upTo)
                .query((row, number) -> new Call(row.getString("called"), event(row)))
                .stream();
    }

    private static PlainEvent event(ResultSet row) throws SQLException {
        return new PlainEvent(
                row.getString(1),
                row.getString(2),
                row.getLong(3) + 1,
                row.getLong(4),
                row.getString(5),
                row.getDouble(6),
                row.getObject(7) == null ? null : row.getDouble(7),
                row.getString(8),
                row.getString(9));
    }

    @Override
    public long count(Collection<String> types) {
        return log.sql("SELECT count(*) FROM DomainEventEntry WHERE payloadType IN (:types)")
                .param("types", types)
                .query(Long.class)
                .single();
    }
}
