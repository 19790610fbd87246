package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.check.plain.PlainEvent;
import io.swarmledger.app.check.plain.PlainLog;
import io.swarmledger.query.Recorded;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log as it is read for checks, through connections of its own: nobody who asks or appends waits for one. */
public final class LogByAggregate implements PlainLog {

    private final JdbcClient log;

    /** The log in that file. */
    public LogByAggregate(Path file) {
        this.log = JdbcClient.create(SqliteConnections.reading(file));
    }

    /** In the order of the index by aggregate: nothing is sorted, however long the log is. */
    @Override
    public Stream<PlainEvent> byAggregate(Collection<String> types, long upTo) {
        return log
                .sql("SELECT eventIdentifier, aggregateIdentifier, sequenceNumber, globalIndex, payloadType, timeStamp,"
                        + " nullif(coalesce(believedAt, timeStamp), " + Recorded.NEVER + "),"
                        + " swarmId, payload FROM DomainEventEntry INDEXED BY event_by_aggregate"
                        + " WHERE payloadType IN (:types) AND globalIndex <= :upTo"
                        + " ORDER BY aggregateIdentifier, sequenceNumber")
                .param("types", types)
                .param("upTo", upTo)
                .query((row, number) -> new PlainEvent(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3) + 1,
                        row.getLong(4),
                        row.getString(5),
                        row.getDouble(6),
                        row.getObject(7) == null ? null : row.getDouble(7),
                        row.getString(8),
                        row.getString(9)))
                .stream();
    }

    @Override
    public long count(Collection<String> types) {
        return log.sql("SELECT count(*) FROM DomainEventEntry WHERE payloadType IN (:types)")
                .param("types", types)
                .query(Long.class)
                .single();
    }
}
