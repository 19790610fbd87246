package io.swarmledger.app.log.sqlite;

import static io.swarmledger.app.log.sqlite.LogTable.COLUMNS;
import static io.swarmledger.app.log.sqlite.LogTable.EVENTS;

import io.swarmledger.events.Json;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.failure.FailureTypes;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.Excerpt;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.RawJson;
import io.swarmledger.query.log.StoredSnapshot;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The log in an SQLite file, for reading. Every statement reads an index; a {@code +} before a column keeps SQLite from
 * one that would have it sort.
 */
public final class SqliteEventLog implements EventLog {

    private static final String SELECT = "SELECT " + COLUMNS + " FROM " + EVENTS;

    private static final String IMPORTED_SNAPSHOTS =
            "SELECT aggregateId, aggregateType, version, state, timestamp, 1 FROM ImportedSnapshot";

    private static final String ERROR_OF_CALL = ofCall("error");

    private static String ofCall(String field) {
        return "CASE WHEN payloadType IN ('agent:tool-called', 'agent:model-called') AND json_valid(payload)"
                + " THEN json_extract(payload, '$." + field + "') END";
    }

    /** So many positions are read through one by one rather than sought by what else is known of their events. */
    private static final long NARROW = 20_000;

    private final Reading reading;
    /** {@code null} outside a moment. */
    private final JdbcClient moment;

    /** Reads the log through these connections, which nobody writes through. */
    public SqliteEventLog(DataSource readers) {
        this(Reading.ofLog(readers), null);
    }

    private SqliteEventLog(Reading reading, JdbcClient moment) {
        this.reading = reading;
        this.moment = moment;
    }

    /** Reads the log through a connection whose moment somebody else keeps. */
    static SqliteEventLog at(DataSource connection) {
        return new SqliteEventLog(null, JdbcClient.create(connection));
    }

    @Override
    public <T> T asOfNow(Function<EventLog, T> questions) {
        return moment != null
                ? questions.apply(this)
                : reading.read(jdbc -> questions.apply(new SqliteEventLog(reading, jdbc)));
    }

    private <T> T ask(Function<JdbcClient, T> statements) {
        return moment != null ? statements.apply(moment) : reading.read(statements);
    }

    @Override
    public String ledgerId() {
        return ask(jdbc ->
                jdbc.sql("SELECT ledgerId FROM Ledger").query(String.class).single());
    }

    @Override
    public long head() {
        return ask(jdbc -> jdbc.sql("SELECT coalesce(max(globalIndex), 0) FROM " + EVENTS)
                .query(Long.class)
                .single());
    }

    @Override
    public Part read(EventSelection selection, Budget budget) {
        Where where = where(selection);
        return ask(jdbc -> jdbc.sql(select(selection, where))
                .params(where.values())
                .param("most", budget.events() + 1L)
                .param("passOver", selection.passOver())
                .query(part(budget)));
    }

    /**
     * By itself SQLite would read all rows in their order until enough of them fit a range of times or versions. So where
     * nothing but a range says where to look, their positions are looked up in its index first.
     */
    private static String select(EventSelection selection, Where where) {
        String direction = selection.newestFirst() ? " DESC" : "";
        String page = " LIMIT :most OFFSET :passOver";
        String select = "SELECT " + LogTable.columns(selection.payloadCharacters()) + " FROM " + EVENTS;
        return isRangeOnly(selection)
                ? select + " WHERE globalIndex IN (SELECT globalIndex FROM " + EVENTS + where.sql()
                        + " ORDER BY +globalIndex" + direction + page + ") ORDER BY globalIndex" + direction
                : select + where.sql() + " ORDER BY globalIndex" + direction + page;
    }

    /** Whether nothing but times or versions says which events are meant. */
    private static boolean isRangeOnly(EventSelection selection) {
        EventCriteria criteria = selection.criteria();
        return selection.after() == null
                && selection.upTo() == null
                && (criteria.after() != null || criteria.before() != null || criteria.fromVersion() != null)
                && criteria.withAfter(null)
                        .withBefore(null)
                        .withFromVersion(null)
                        .saysNothing();
    }

    private static ResultSetExtractor<Part> part(Budget budget) {
        return rows -> {
            List<LogRow> read = new ArrayList<>();
            long bytes = 0;
            while (rows.next()) {
                if (read.size() == budget.events() || bytes >= budget.bytes()) {
                    return new Part(read, false);
                }
                LogRow row = LogTable.row(rows);
                read.add(row);
                bytes += row.bytes();
            }
            return new Part(read, true);
        };
    }

    private static Where where(EventSelection selection) {
        Long after = selection.after();
        Long upTo = selection.upTo();
        boolean isNarrow = after != null && upTo != null && upTo - after <= NARROW;
        String plus = isNarrow ? "+" : "";
        return where(selection, selection.criteria().mentions() == null ? plus : "+", plus, plus);
    }

    /**
     * Conditions.
     *
     * @param typePlus before the type of an event
     * @param plus before other columns that say what it is about
     * @param rangePlus before those of which there is a range
     */
    private static Where where(EventSelection selection, String typePlus, String plus, String rangePlus) {
        EventCriteria criteria = selection.criteria();
        Where where = new Where();
        among(where, plus, "aggregateIdentifier", criteria.aggregateIds());
        among(where, plus, "type", criteria.aggregateTypes());
        among(where, typePlus, "payloadType", criteria.types());
        return where.given(rangePlus + "timeStamp > :laterThan", "laterThan", criteria.after())
                .given(rangePlus + "timeStamp < :earlierThan", "earlierThan", criteria.before())
                .given(
                        rangePlus + "sequenceNumber >= :fromVersion",
                        "fromVersion",
                        criteria.fromVersion() == null ? null : criteria.fromVersion() - 1)
                .given("globalIndex > :after", "after", selection.after())
                .given("globalIndex <= :upTo", "upTo", selection.upTo())
                .given(plus + "swarmId = :swarmId", "swarmId", criteria.swarmId())
                .given(plus + "correlationId = :correlationId", "correlationId", criteria.correlationId())
                .given(
                        "(+aggregateIdentifier = :mentions OR instr(payload, :mentions) > 0)",
                        "mentions",
                        criteria.mentions())
                .given("(+causationId IS NULL) = :uncaused", "uncaused", criteria.uncaused() ? 1 : null)
                .given(failed(criteria.types()), "failed", criteria.failed() ? 1 : null)
                .given(
                        plus + "payloadType = 'agent:tool-called' AND " + ofCall("tool") + " = :tool",
                        "tool",
                        criteria.tool())
                .given(
                        plus + "payloadType = 'agent:model-called' AND " + ofCall("model") + " = :model",
                        "model",
                        criteria.model())
                .given(
                        plus + "payloadType IN ('agent:tool-called', 'agent:model-called') AND " + ofCall("taskId")
                                + " = :taskId",
                        "taskId",
                        criteria.taskId());
    }

    /** Where calls alone are meant, in the words of the index of those that failed, so that SQLite takes it. */
    private static String failed(List<String> types) {
        return types != null && !types.isEmpty() && FailureTypes.CALLS.containsAll(types)
                ? ERROR_OF_CALL + " IS NOT NULL AND :failed"
                : "(+payloadType NOT IN ('agent:tool-called', 'agent:model-called') OR " + ERROR_OF_CALL
                        + " IS NOT NULL) = :failed";
    }

    private static void among(Where where, String plus, String column, List<String> among) {
        if (among != null && !among.isEmpty()) {
            where.given(plus + column + " IN (:" + column + ")", column, among);
        }
    }

    @Override
    public void at(Collection<Long> positions, Consumer<LogRow> visitor) {
        if (positions.isEmpty()) {
            return;
        }
        ask(jdbc -> {
            // One statement for any number of positions: it is prepared once.
            jdbc.sql(SELECT + " WHERE globalIndex IN (SELECT value FROM json_each(?)) ORDER BY globalIndex")
                    .param(Json.mapper().writeValueAsString(positions))
                    .query(row -> {
                        visitor.accept(LogTable.row(row));
                    });
            return null;
        });
    }

    @Override
    public List<Long> among(Collection<Long> positions, EventCriteria criteria) {
        Where where = where(EventSelection.of(criteria), "+", "+", "+")
                .given(
                        "globalIndex IN (SELECT value FROM json_each(:positions))",
                        "positions",
                        Json.mapper().writeValueAsString(positions));
        return ask(jdbc -> jdbc.sql("SELECT globalIndex FROM " + EVENTS + where.sql() + " ORDER BY globalIndex")
                .params(where.values())
                .query(Long.class)
                .list());
    }

    @Override
    public Part stream(String aggregateId, long afterVersion, Budget budget) {
        return ask(jdbc -> jdbc.sql(SELECT
                        + " WHERE aggregateIdentifier = ? AND sequenceNumber >= ? ORDER BY sequenceNumber LIMIT ?")
                .params(aggregateId, afterVersion, budget.events() + 1L)
                .query(part(budget)));
    }

    @Override
    public Optional<LogRow> byId(String eventId) {
        return one(SELECT + " WHERE eventIdentifier = ?", eventId);
    }

    @Override
    public List<LogRow> byIds(Collection<String> eventIds) {
        if (eventIds.size() == 1) {
            return byId(eventIds.iterator().next()).stream().toList();
        }
        return eventIds.isEmpty()
                ? List.of()
                : ask(jdbc -> jdbc.sql(SELECT + " WHERE eventIdentifier IN (SELECT value FROM json_each(?))")
                        .param(Json.mapper().writeValueAsString(eventIds))
                        .query((row, number) -> LogTable.row(row))
                        .list());
    }

    @Override
    public Optional<LogRow> first(String aggregateId, long after) {
        return one(
                SELECT + " WHERE aggregateIdentifier = ? AND +globalIndex > ? ORDER BY sequenceNumber LIMIT 1",
                aggregateId,
                after);
    }

    @Override
    public Optional<LogRow> last(String aggregateId, long upTo, String... types) {
        Where where = new Where()
                .is("aggregateIdentifier", aggregateId)
                .given("+globalIndex <= :upTo", "upTo", upTo)
                .given("+payloadType IN (:types)", "types", types.length == 0 ? null : List.of(types));
        return ask(jdbc -> jdbc.sql(SELECT + where.sql() + " ORDER BY sequenceNumber DESC LIMIT 1")
                .params(where.values())
                .query((row, number) -> LogTable.row(row))
                .optional());
    }

    @Override
    public Optional<LogRow> lastSaying(String name, String text, String aggregateId, String type, long upTo) {
        return one(
                SELECT + " WHERE aggregateIdentifier = ? AND +payloadType = ? AND +globalIndex <= ?"
                        + " AND CASE WHEN json_valid(payload) THEN json_extract(payload, ?) END = ?"
                        + " ORDER BY sequenceNumber DESC LIMIT 1",
                aggregateId,
                type,
                upTo,
                "$." + name,
                text);
    }

    private Optional<LogRow> one(String sql, Object... parameters) {
        return ask(jdbc -> jdbc.sql(sql)
                .params(parameters)
                .query((row, number) -> LogTable.row(row))
                .optional());
    }

    @Override
    public Part causedBy(String eventId, Budget budget) {
        return ask(jdbc -> jdbc.sql(SELECT + " WHERE causationId = ? ORDER BY globalIndex LIMIT ?")
                .params(eventId, budget.events() + 1L)
                .query(part(budget)));
    }

    @Override
    public long count(EventSelection selection, long most) {
        Where where = where(selection);
        return ask(
                jdbc -> jdbc.sql("SELECT count(*) FROM (SELECT 1 FROM " + EVENTS + where.sql() + " LIMIT " + most + ")")
                        .params(where.values())
                        .query(Long.class)
                        .single());
    }

    @Override
    public Map<String, Long> countBy(Key key, EventCriteria criteria, int most) {
        String column = column(key);
        Where where = where(EventSelection.of(criteria));
        Map<String, Long> counts = new LinkedHashMap<>();
        return ask(jdbc -> {
            jdbc.sql("SELECT " + column + ", count(*) AS events FROM " + EVENTS + where.sql() + " GROUP BY " + column
                            + " ORDER BY events DESC, " + column + " LIMIT " + most)
                    .params(where.values())
                    .query(row -> {
                        counts.put(row.getString(1), row.getLong(2));
                    });
            return counts;
        });
    }

    private static String column(Key key) {
        return switch (key) {
            case TYPE -> "payloadType";
            case AGGREGATE -> "aggregateIdentifier";
        };
    }

    @Override
    public long countKeys(Key key, EventCriteria criteria) {
        Where where = where(EventSelection.of(criteria));
        return ask(jdbc -> jdbc.sql("SELECT count(DISTINCT " + column(key) + ") FROM " + EVENTS + where.sql())
                .params(where.values())
                .query(Long.class)
                .single());
    }

    @Override
    public long[] countOverTime(double[] bounds, List<String> types, String swarmId) {
        return ask(jdbc -> new CountOverTime(jdbc, bounds).of(types, swarmId));
    }

    @Override
    public Optional<Times> times(String swarmId) {
        return ask(jdbc -> time(jdbc, swarmId, "")
                .map(first -> new Times(first, time(jdbc, swarmId, " DESC").orElse(first))));
    }

    private static Optional<Double> time(JdbcClient jdbc, String swarmId, String direction) {
        Where where = new Where().always("believedAt IS NULL").is("swarmId", swarmId);
        return jdbc.sql("SELECT timeStamp FROM " + EVENTS + where.sql() + " ORDER BY timeStamp" + direction
                        + " LIMIT 1")
                .params(where.values())
                .query((row, number) -> row.getDouble(1))
                .optional();
    }

    @Override
    public void excerpts(
            EventSelection selection, List<String> names, int characters, int most, Consumer<Excerpt> visitor) {
        ask(jdbc -> {
            new Excerpts(jdbc, names, characters).of(selection, most, visitor);
            return null;
        });
    }

    /** Positions of the selected events, in order; each type's from the end of its index. */
    static String positions(EventSelection selection) {
        return "SELECT globalIndex FROM " + EVENTS + sought(selection).sql() + " ORDER BY globalIndex"
                + (selection.newestFirst() ? " DESC" : "");
    }

    /** Conditions under which SQLite takes the index of types. */
    static Where sought(EventSelection selection) {
        return where(selection, "", "+", "+");
    }

    @Override
    public Map<Long, Excerpt> preceding(Collection<Long> positions, List<String> types, int near, List<String> names) {
        return ask(jdbc -> new Excerpts(jdbc, names, Integer.MAX_VALUE).preceding(positions, types, near));
    }

    /** Twenty looks find it among a million events: what is latest so far never goes back. */
    @Override
    public long positionAt(double time) {
        return asOfNow(log -> {
            long end = log.head() + 1;
            long notLater = 0;
            long later = end;
            while (notLater + 1 < later) {
                long middle = (notLater + later) >>> 1;
                if (log.latest(middle).orElse(Recorded.NEVER) > time) {
                    later = middle;
                } else {
                    notLater = middle;
                }
            }
            return later == end ? Long.MAX_VALUE : notLater;
        });
    }

    @Override
    public Optional<Double> latest(long position) {
        return ask(jdbc -> jdbc.sql(
                        "SELECT asOf FROM " + EVENTS + " WHERE globalIndex <= ? ORDER BY globalIndex DESC LIMIT 1")
                .param(position)
                .query((row, number) -> row.getDouble(1))
                .optional()
                .filter(time -> time != Recorded.NEVER));
    }

    @Override
    public Optional<byte[]> link(long position) {
        return ask(jdbc -> jdbc.sql("SELECT chain FROM " + EVENTS + " WHERE globalIndex = ?")
                .param(position)
                .query((row, number) -> row.getBytes(1))
                .optional());
    }

    @Override
    public Optional<StoredSnapshot> snapshot(String aggregateId) {
        return ask(jdbc -> {
            Optional<StoredSnapshot> own = jdbc.sql(
                            "SELECT aggregateIdentifier, type, sequenceNumber + 1, payload, timeStamp, 0"
                                    + " FROM SnapshotEventEntry WHERE aggregateIdentifier = ?"
                                    + " ORDER BY sequenceNumber DESC LIMIT 1")
                    .param(aggregateId)
                    .query(SqliteEventLog::snapshot)
                    .optional();
            return own.isPresent()
                    ? own
                    : jdbc.sql(IMPORTED_SNAPSHOTS + " WHERE aggregateId = ?")
                            .param(aggregateId)
                            .query(SqliteEventLog::snapshot)
                            .optional();
        });
    }

    private static StoredSnapshot snapshot(ResultSet row, int number) throws SQLException {
        return new StoredSnapshot(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                new RawJson(row.getString(4)),
                row.getDouble(5),
                row.getBoolean(6));
    }

    @Override
    public long snapshots() {
        return ask(jdbc -> jdbc.sql(
                        "SELECT (SELECT count(*) FROM SnapshotEventEntry) + (SELECT count(*) FROM ImportedSnapshot)")
                .query(Long.class)
                .single());
    }

    @Override
    public void importedSnapshots(Consumer<StoredSnapshot> visitor) {
        ask(jdbc -> {
            jdbc.sql(IMPORTED_SNAPSHOTS + " ORDER BY aggregateId").query(row -> {
                visitor.accept(snapshot(row, 0));
            });
            return null;
        });
    }
}
