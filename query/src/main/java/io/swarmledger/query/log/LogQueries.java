package io.swarmledger.query.log;

import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.Cursor;
import io.swarmledger.query.Fold;
import io.swarmledger.query.Folds;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.ViewReader;
import io.swarmledger.query.view.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers every question about the log itself: its events, what an aggregate was like, what is in it. */
public final class LogQueries {

    private static final String EVENTS = "DomainEventEntry";
    private static final int MAX_TOP = 100_000;
    private static final long CHARACTERS_AN_EVENT = 1_000;

    private final Reading log;
    private final EventReader reader;

    public LogQueries(Reading log, EventReader reader) {
        this.log = log;
        this.reader = reader;
    }

    @QueryHandler
    Page<RecordedEvent> handle(FindEvents query) {
        int limit = Paging.limit(query.limit(), FindEvents.MAX_LIMIT);
        requireNotNegative("offset", query.offset());
        requireNotNegative("payloadCharacters", query.payloadCharacters());
        requireNotNegative("fromVersion", query.fromVersion());
        Where filter = filterOf(query);
        return log.read(jdbc -> {
            Where where = filter.copy();
            requireWithinHead(jdbc, "afterPosition", query.afterPosition());
            if (query.cursor() != null) {
                long position = ((Number) Cursor.read(EVENTS, query.cursor(), Number.class)
                                .get(0))
                        .longValue();
                requireWithinHead(jdbc, "cursor", position);
                where.given("globalIndex " + (query.descending() ? "<" : ">") + " :cursor", "cursor", position);
            }
            List<RecordedEvent> found = jdbc.sql(select(query, where))
                    .params(where.values())
                    .param("limit", limit + 1)
                    .param("offset", query.offset() == null || query.cursor() != null ? 0 : query.offset())
                    .query(RecordedEvent::read)
                    .list();
            long total = ViewReader.count(jdbc, EVENTS, filter);
            boolean more = found.size() > limit;
            List<RecordedEvent> page = more ? found.subList(0, limit) : found;
            return new Page<>(
                    page,
                    Math.min(total, Paging.COUNTED_TO),
                    total <= Paging.COUNTED_TO,
                    more ? Cursor.after(EVENTS, page.get(limit - 1).position()) : null);
        });
    }

    @QueryHandler
    Stretch handle(FollowEvents query) {
        Where where = filterOf(query.filter().withAfterPosition(query.after()));
        return log.read(jdbc -> {
            long head = head(jdbc);
            List<RecordedEvent> events = new ArrayList<>();
            boolean more = jdbc.sql("SELECT " + RecordedEvent.COLUMNS + " FROM " + EVENTS + where.sql()
                            + " ORDER BY globalIndex LIMIT " + query.most())
                    .params(where.values())
                    .query(rows -> {
                        long characters = 0;
                        while (characters < query.most() * CHARACTERS_AN_EVENT && rows.next()) {
                            RecordedEvent event = RecordedEvent.read(rows, events.size());
                            events.add(event);
                            characters += event.payload().toString().length()
                                    + event.metadata().toString().length();
                        }
                        return characters >= query.most() * CHARACTERS_AN_EVENT || events.size() == query.most();
                    });
            long last = events.isEmpty()
                    ? query.after()
                    : events.get(events.size() - 1).position();
            return new Stretch(events, more ? last : Math.max(query.after(), head));
        });
    }

    private static long head(JdbcClient jdbc) {
        return jdbc.sql("SELECT coalesce(max(globalIndex), 0) FROM " + EVENTS)
                .query(Long.class)
                .single();
    }

    /**
     * By itself SQLite would read all rows in their order until enough of them fit a range of times or versions. So where
     * nothing but a range says where to look, their positions are looked up in its index first.
     */
    private static String select(FindEvents query, Where where) {
        String direction = query.descending() ? " DESC" : "";
        String page = " LIMIT :limit OFFSET :offset";
        String columns = query.payloadCharacters() == null
                ? RecordedEvent.COLUMNS
                : RecordedEvent.columns(query.payloadCharacters());
        String select = "SELECT " + columns + " FROM " + EVENTS;
        if (query.isRangeOnly()) {
            return select + " WHERE globalIndex IN (SELECT globalIndex FROM " + EVENTS + where.sql()
                    + " ORDER BY +globalIndex" + direction + page + ") ORDER BY globalIndex" + direction;
        }
        return select + where.sql() + " ORDER BY globalIndex" + direction + page;
    }

    @QueryHandler
    Optional<RecordedEvent> handle(GetEvent query) {
        return log.read(
                jdbc -> jdbc.sql("SELECT " + RecordedEvent.COLUMNS + " FROM " + EVENTS + " WHERE eventIdentifier = ?")
                        .param(query.eventId())
                        .query(RecordedEvent::read)
                        .optional());
    }

    @QueryHandler
    Neighbours handle(GetNeighbours query) {
        return log.read(jdbc -> new Neighbours(
                neighbour(jdbc, query, "+globalIndex < :position ORDER BY sequenceNumber DESC"),
                jdbc.sql("SELECT " + RecordedEvent.COLUMNS + " FROM " + EVENTS + " WHERE aggregateIdentifier = ?"
                                + " AND +globalIndex <= ? ORDER BY sequenceNumber DESC LIMIT 1")
                        .params(query.aggregateId(), query.position())
                        .query(RecordedEvent::read)
                        .optional()
                        .orElse(null),
                neighbour(jdbc, query, "+globalIndex > :position ORDER BY sequenceNumber")));
    }

    /** Positions rise with versions, and an index has both. */
    private static Long neighbour(JdbcClient jdbc, GetNeighbours query, String which) {
        return jdbc.sql("SELECT globalIndex FROM " + EVENTS + " WHERE aggregateIdentifier = :id AND " + which
                        + " LIMIT 1")
                .param("id", query.aggregateId())
                .param("position", query.position())
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    @QueryHandler
    Optional<StateThen> handle(StateOf query) {
        if (query.version() != null && query.at() != null) {
            throw InvalidQuery.malformed("at", "is given together with version: ask for one of them");
        }
        if (query.version() != null && query.version() < 1) {
            throw InvalidQuery.outOfRange("version", query.version() + " is less than 1");
        }
        return log.read(jdbc -> {
            Optional<RecordedEvent> birth = jdbc.sql("SELECT " + RecordedEvent.COLUMNS + " FROM " + EVENTS
                            + " WHERE aggregateIdentifier = ? ORDER BY sequenceNumber LIMIT 1")
                    .param(query.aggregateId())
                    .query(RecordedEvent::read)
                    .optional();
            return birth.map(first -> stateThen(jdbc, query, first));
        });
    }

    private StateThen stateThen(JdbcClient jdbc, StateOf query, RecordedEvent birth) {
        Where where = new Where()
                .given("aggregateIdentifier = :id", "id", query.aggregateId())
                .given("sequenceNumber < :version", "version", query.version())
                .given("globalIndex <= :position", "position", positionAt(jdbc, query.at()));
        Fold<Object> fold = Folds.of(birth.aggregateType()).orElse((state, event, recorded) -> state);
        var then = new Object() {
            Object state;
            StateThen last;
        };
        jdbc.sql("SELECT * FROM " + EVENTS + where.sql() + " ORDER BY sequenceNumber")
                .params(where.values())
                .query(row -> {
                    Recorded recorded = EventReader.recorded(row);
                    reader.events(row).forEach(event -> then.state = fold.evolve(then.state, event, recorded));
                    then.last = new StateThen(
                            birth.aggregateId(),
                            birth.aggregateType(),
                            row.getLong("sequenceNumber") + 1,
                            row.getLong("globalIndex"),
                            recorded.timestamp(),
                            then.state);
                });
        if (then.last == null) {
            throw new NotYetBorn(
                    query.at() != null ? "at " + query.at().longValue() : "at version " + query.version(), birth);
        }
        return then.last;
    }

    /** The highest position up to which no event is later than {@code time}; {@code null} if none is later at all. */
    private static Long positionAt(JdbcClient jdbc, Double time) {
        if (time == null) {
            return null;
        }
        return jdbc.sql("SELECT globalIndex - 1 FROM (SELECT min(globalIndex) AS globalIndex FROM " + EVENTS
                        + " WHERE timeStamp > ?) WHERE globalIndex IS NOT NULL")
                .param(time)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    @QueryHandler
    Optional<StoredSnapshot> handle(GetSnapshot query) {
        return log.read(jdbc -> {
            Optional<StoredSnapshot> own = snapshot(
                    jdbc,
                    query,
                    "SELECT aggregateIdentifier, type, sequenceNumber + 1, payload, timeStamp, 0"
                            + " FROM SnapshotEventEntry WHERE aggregateIdentifier = ?"
                            + " ORDER BY sequenceNumber DESC LIMIT 1");
            return own.isPresent()
                    ? own
                    : snapshot(
                            jdbc,
                            query,
                            "SELECT aggregateId, aggregateType, version, state, timestamp, 1"
                                    + " FROM ImportedSnapshot WHERE aggregateId = ?");
        });
    }

    private static Optional<StoredSnapshot> snapshot(JdbcClient jdbc, GetSnapshot query, String sql) {
        return jdbc.sql(sql)
                .param(query.aggregateId())
                .query((row, number) -> new StoredSnapshot(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        new RawJson(row.getString(4)),
                        row.getDouble(5),
                        row.getBoolean(6)))
                .optional();
    }

    @QueryHandler
    LedgerStats handle(GetStats query) {
        int top = Paging.limit("top", query.top(), MAX_TOP);
        Where where = new Where().is("swarmId", query.swarmId());
        return log.read(jdbc -> {
            Map<String, Long> byType = counts(
                    jdbc, where, "SELECT payloadType, count(*) FROM %s GROUP BY payloadType ORDER BY payloadType");
            Map<String, Long> byAggregate = counts(
                    jdbc,
                    where,
                    "SELECT aggregateIdentifier, count(*) AS events FROM %s GROUP BY aggregateIdentifier"
                            + " ORDER BY events DESC, aggregateIdentifier LIMIT " + top);
            return new LedgerStats(
                    jdbc.sql("SELECT ledgerId FROM Ledger").query(String.class).single(),
                    byType.values().stream().mapToLong(Long::longValue).sum(),
                    byType,
                    byAggregate,
                    time(jdbc, where, ""),
                    time(jdbc, where, " DESC"),
                    jdbc.sql(
                                    "SELECT (SELECT count(*) FROM SnapshotEventEntry) + (SELECT count(*) FROM ImportedSnapshot)")
                            .query(Long.class)
                            .single());
        });
    }

    private static Map<String, Long> counts(JdbcClient jdbc, Where where, String sql) {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.sql(sql.formatted(EVENTS + where.sql())).params(where.values()).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    private static Double time(JdbcClient jdbc, Where where, String direction) {
        return jdbc.sql("SELECT timeStamp FROM " + EVENTS + where.sql() + " ORDER BY timeStamp" + direction
                        + " LIMIT 1")
                .params(where.values())
                .query((row, number) -> row.getDouble(1))
                .optional()
                .orElse(null);
    }

    private static Where filterOf(FindEvents query) {
        return new Where()
                .oneOf("aggregateIdentifier", query.aggregateIds())
                .oneOf("type", query.aggregateTypes())
                .oneOf("payloadType", query.types())
                .given("timeStamp > :after", "after", query.after())
                .given("timeStamp < :before", "before", query.before())
                .given(
                        "sequenceNumber >= :fromVersion",
                        "fromVersion",
                        query.fromVersion() == null ? null : query.fromVersion() - 1)
                .given("globalIndex > :afterPosition", "afterPosition", query.afterPosition())
                .is("swarmId", query.swarmId())
                .is("correlationId", query.correlationId());
    }

    private static void requireNotNegative(String field, Long value) {
        if (value != null && value < 0) {
            throw InvalidQuery.outOfRange(field, value + " is less than 0");
        }
    }

    private static void requireWithinHead(JdbcClient jdbc, String field, Long position) {
        if (position == null) {
            return;
        }
        requireNotNegative(field, position);
        long head = head(jdbc);
        if (position > head) {
            throw new BeyondHead(field, position, head);
        }
    }
}
