package io.swarmledger.query.trace;

import io.swarmledger.query.log.RecordedEvent;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks into the log for single events, all as of one moment. */
final class LogLook {

    private static final String SELECT = "SELECT " + RecordedEvent.COLUMNS + " FROM DomainEventEntry ";

    private final JdbcClient jdbc;

    LogLook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<RecordedEvent> byId(String eventId) {
        return one(SELECT + "WHERE eventIdentifier = ?", eventId);
    }

    /** The last event of that stream before {@code position}. */
    Optional<RecordedEvent> lastOf(String aggregateId, long position) {
        return one(
                SELECT + "WHERE aggregateIdentifier = ? AND globalIndex < ? ORDER BY sequenceNumber DESC LIMIT 1",
                aggregateId,
                position);
    }

    /** The last event of that stream and type before {@code position}. */
    Optional<RecordedEvent> lastOf(String aggregateId, String type, long position) {
        return one(
                SELECT + "WHERE aggregateIdentifier = ? AND payloadType = ? AND globalIndex < ?"
                        + " ORDER BY sequenceNumber DESC LIMIT 1",
                aggregateId,
                type,
                position);
    }

    /** The last event of that stream and type before {@code position} that is about that task. */
    Optional<RecordedEvent> lastAbout(String taskId, String aggregateId, String type, long position) {
        return one(
                SELECT + "WHERE aggregateIdentifier = ? AND payloadType = ? AND globalIndex < ?"
                        + " AND CASE WHEN json_valid(payload) THEN json_extract(payload, '$.taskId') END = ?"
                        + " ORDER BY sequenceNumber DESC LIMIT 1",
                aggregateId,
                type,
                position,
                taskId);
    }

    boolean isLast(RecordedEvent event) {
        return lastOf(event.aggregateId(), Long.MAX_VALUE)
                .filter(last -> last.position() == event.position())
                .isPresent();
    }

    List<RecordedEvent> causedBy(String eventId, int limit) {
        return list(SELECT + "WHERE causationId = ? ORDER BY globalIndex LIMIT ?", eventId, limit);
    }

    /** Events between two positions that name no cause, and that belong to that stream or name it in their payload. */
    List<RecordedEvent> naming(String aggregateId, long after, long upTo, int limit) {
        return list(
                SELECT + "WHERE globalIndex > ? AND globalIndex <= ? AND causationId IS NULL"
                        + " AND (+aggregateIdentifier = ? OR instr(payload, ?) > 0) ORDER BY globalIndex LIMIT ?",
                after,
                upTo,
                aggregateId,
                aggregateId,
                limit);
    }

    /** Events of that type between two positions that name that stream in their payload. */
    List<RecordedEvent> naming(String aggregateId, String type, long after, long upTo, int limit) {
        return list(
                SELECT + "WHERE globalIndex > ? AND globalIndex <= ? AND +payloadType = ? AND instr(payload, ?) > 0"
                        + " ORDER BY globalIndex LIMIT ?",
                after,
                upTo,
                type,
                aggregateId,
                limit);
    }

    private Optional<RecordedEvent> one(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(RecordedEvent::read).optional();
    }

    private List<RecordedEvent> list(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(RecordedEvent::read).list();
    }
}
