package io.swarmledger.app.log.sqlite;

import static io.swarmledger.app.log.sqlite.LogTable.EVENTS;

import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.Excerpt;
import io.swarmledger.query.view.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells of events without their payloads, of which SQLite itself looks the texts up. */
final class Excerpts {

    private static final int ROWS_AT_ONCE = 500;

    private static final List<String> COLUMNS = List.of(
            "globalIndex",
            "eventIdentifier",
            "payloadType",
            "aggregateIdentifier",
            "timeStamp",
            "swarmId",
            "causationId");

    private final JdbcClient log;
    private final List<String> names;
    private final int characters;

    /** Excerpts with the texts under these names, of each so many characters. */
    Excerpts(JdbcClient log, List<String> names, int characters) {
        this.log = log;
        this.names = names;
        this.characters = characters;
    }

    /** Those of the selected events, in order. */
    void of(EventSelection selection, int most, Consumer<Excerpt> visitor) {
        if (selection.criteria().types() == null) {
            Where where = SqliteEventLog.sought(selection);
            log.sql("SELECT " + columns("event") + " FROM " + EVENTS + " AS event" + where.sql()
                            + " ORDER BY globalIndex" + (selection.newestFirst() ? " DESC" : "") + " LIMIT " + most)
                    .params(where.values())
                    .query(row -> {
                        visitor.accept(excerpt(row, 1));
                    });
            return;
        }
        List<Long> positions = positions(selection, most);
        for (int from = 0; from < positions.size(); from += ROWS_AT_ONCE) {
            log.sql("SELECT " + columns("event") + " FROM " + EVENTS + " AS event WHERE globalIndex IN (:positions)"
                            + " ORDER BY globalIndex" + (selection.newestFirst() ? " DESC" : ""))
                    .param("positions", positions.subList(from, Math.min(positions.size(), from + ROWS_AT_ONCE)))
                    .query(row -> {
                        visitor.accept(excerpt(row, 1));
                    });
        }
    }

    /** Each type's are in order in its index; those of several types together SQLite would sort with their rows. */
    private List<Long> positions(EventSelection selection, int most) {
        List<Long> positions = new ArrayList<>();
        for (String type : selection.criteria().types()) {
            EventSelection ofType = selection.withCriteria(selection.criteria().withTypes(List.of(type)));
            positions.addAll(log.sql(SqliteEventLog.positions(ofType) + " LIMIT " + most)
                    .params(SqliteEventLog.sought(ofType).values())
                    .query(Long.class)
                    .list());
        }
        positions.sort(selection.newestFirst() ? Comparator.reverseOrder() : Comparator.naturalOrder());
        return positions.size() > most ? positions.subList(0, most) : positions;
    }

    /** See {@link io.swarmledger.query.log.EventLog#preceding}. */
    Map<Long, Excerpt> preceding(Collection<Long> positions, List<String> types, int near) {
        Map<Long, Excerpt> preceding = new HashMap<>();
        if (positions.isEmpty()) {
            return preceding;
        }
        log.sql("SELECT event.globalIndex, " + columns("work") + " FROM " + EVENTS + " AS event CROSS JOIN " + EVENTS
                        + " AS work ON work.globalIndex = (SELECT globalIndex FROM " + EVENTS + " AS before"
                        + " WHERE before.aggregateIdentifier = event.aggregateIdentifier"
                        + " AND before.sequenceNumber < event.sequenceNumber"
                        + " AND before.sequenceNumber >= event.sequenceNumber - :near"
                        + " AND +before.payloadType IN (:types) ORDER BY before.sequenceNumber DESC LIMIT 1)"
                        + " WHERE event.globalIndex IN (:positions)")
                .param("near", near)
                .param("types", types)
                .param("positions", positions)
                .query(row -> {
                    preceding.put(row.getLong(1), excerpt(row, 2));
                });
        return preceding;
    }

    /** The names are the caller's own, never a user's. */
    private String columns(String table) {
        StringBuilder columns = new StringBuilder();
        columns.append(COLUMNS.stream().map(column -> table + "." + column).collect(Collectors.joining(", ")));
        for (String name : names) {
            columns.append(
                    ", CASE WHEN json_valid(%1$s.payload) THEN substr(json_extract(%1$s.payload, '$.%2$s'), 1, %3$d) END"
                            .formatted(table, name, characters));
        }
        return columns.toString();
    }

    private Excerpt excerpt(ResultSet row, int first) throws SQLException {
        List<String> texts = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            texts.add(row.getString(first + COLUMNS.size() + i));
        }
        return new Excerpt(
                row.getLong(first),
                row.getString(first + 1),
                row.getString(first + 2),
                row.getString(first + 3),
                row.getDouble(first + 4),
                row.getString(first + 5),
                row.getString(first + 6),
                texts);
    }
}
