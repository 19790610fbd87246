package io.swarmledger.query.view;

import io.swarmledger.events.Json;
import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the live generation of one view.
 *
 * @param <S> its states
 */
public final class ViewReader<S> {

    /** The most that one page of a read model may have. */
    public static final int MAX_LIMIT = 100_000;

    private final Reading views;
    private final ViewTable<S> table;

    public ViewReader(Reading views, ViewTable<S> table) {
        this.views = views;
        this.table = table;
    }

    /** The condition that every statement on the table begins with. */
    public Where live() {
        return new Where()
                .always("generation = (SELECT live FROM Projection WHERE name = '" + table.projection() + "')");
    }

    /**
     * Refuses a value that is neither one of {@code known} nor in the column: an import may have brought others.
     *
     * @param field as who asks calls it; so is the column called
     */
    public void requireKnown(String field, String value, List<String> known) {
        if (value == null || known.contains(value)) {
            return;
        }
        Where where = live().is(field, value);
        boolean isThere =
                views.read(jdbc -> jdbc.sql("SELECT EXISTS (SELECT 1 FROM " + table.table() + where.sql() + ")")
                                .params(where.values())
                                .query(Integer.class)
                                .single()
                        == 1);
        if (!isThere) {
            throw InvalidQuery.noneOf(field, value, known);
        }
    }

    /** The state of that id, its lists whole; empty if there is none. */
    public Optional<S> byId(String id) {
        return views.read(jdbc ->
                states(jdbc, live().is("id", id), "", 1).items().stream().findFirst());
    }

    /**
     * How a list is sorted: its columns, and where a page goes on.
     *
     * @param name tells its cursors from those of other orders
     * @param orderBy the sort key, its last column unique
     * @param after the condition behind a cursor, which names {@code :key0}, {@code :key1}...
     * @param keyTypes of the parts of a cursor
     * @param key the parts of the cursor behind a state
     */
    public record Order<S>(
            String name, String orderBy, String after, List<Class<?>> keyTypes, Function<S, Object[]> key) {}

    /** By id. */
    public static <S> Order<S> byId(Function<S, String> id) {
        return new Order<>("id", "id", "id > :key0", List.of(String.class), state -> new Object[] {id.apply(state)});
    }

    /** One page of the states for which {@code filter} holds. */
    public Page<S> page(Where filter, Order<S> order, Integer limit, String cursor) {
        int items = Paging.limit(limit, MAX_LIMIT);
        Where where = filter.copy();
        if (cursor != null) {
            List<Object> key = Cursor.read(list(order), cursor, order.keyTypes().toArray(Class[]::new));
            where.always("(" + order.after() + ")");
            for (int i = 0; i < key.size(); i++) {
                where.values().put("key" + i, key.get(i));
            }
        }
        return views.read(jdbc -> states(jdbc, where, " ORDER BY " + order.orderBy(), items)
                .page(count(jdbc, table.table(), filter), last -> cursorAfter(last, order)));
    }

    private String list(Order<S> order) {
        return table.projection() + " by " + order.name();
    }

    private String cursorAfter(S last, Order<S> order) {
        return Cursor.after(list(order), order.key().apply(last));
    }

    /** The position up to which the view has seen the log, at the moment that {@code jdbc} reads. */
    public long position(JdbcClient jdbc) {
        return jdbc.sql("SELECT position FROM Projection WHERE name = ?")
                .param(table.projection())
                .query(Long.class)
                .single();
    }

    /**
     * Hands every state for which {@code filter} holds to {@code visitor}, one at a time, lists by their size only.
     *
     * @return the position that all of them were read at
     */
    public long each(Where filter, Consumer<S> visitor) {
        return views.read(jdbc -> {
            jdbc.sql("SELECT state FROM " + table.table() + filter.sql())
                    .params(filter.values())
                    .query(row -> {
                        visitor.accept(table.read(row.getString(1)));
                    });
            return position(jdbc);
        });
    }

    /**
     * How many states of these swarms have which status, in one statement.
     *
     * @param swarmIds none for all
     * @return by swarm, then by status; what there is none of is left out
     */
    public SwarmCounts byStatus(List<String> swarmIds) {
        Where where = live().oneOf("swarmId", swarmIds);
        Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        return views.read(jdbc -> {
            jdbc.sql("SELECT swarmId, status, count(*) FROM " + table.table() + where.sql()
                            + " GROUP BY swarmId, status ORDER BY swarmId")
                    .params(where.values())
                    .query(row -> {
                        counts.computeIfAbsent(row.getString(1), swarm -> new LinkedHashMap<>())
                                .put(row.getString(2), row.getLong(3));
                    });
            return new SwarmCounts(counts);
        });
    }

    /** Runs statements of a view's own that all see the same moment. */
    public <T> T read(Function<JdbcClient, T> statements) {
        return views.read(statements);
    }

    /** How many rows there are, counted to one more than {@link Paging#COUNTED_TO}. */
    public static long count(JdbcClient jdbc, String table, Where filter) {
        return jdbc.sql("SELECT count(*) FROM (SELECT 1 FROM " + table + filter.sql() + " LIMIT "
                        + (Paging.COUNTED_TO + 1) + ")")
                .params(filter.values())
                .query(Long.class)
                .single();
    }

    private record Row(String id, long generation, String state) {}

    /** The first states, in that order, each with its lists whole. */
    private Cut<S> states(JdbcClient jdbc, Where where, String order, int limit) {
        Cut<S> page = new Cut<>(limit);
        List<Row> rows = new ArrayList<>();
        jdbc.sql("SELECT octet_length(state), id, generation, state FROM " + table.table() + where.sql() + order
                        + " LIMIT :limit")
                .params(where.values())
                .param("limit", page.toAskFor())
                .query(row -> {
                    while (row.next() && page.fits(row.getLong(1))) {
                        rows.add(new Row(row.getString(2), row.getLong(3), row.getString(4)));
                    }
                    return page;
                });
        if (table.lists().isEmpty()) {
            rows.forEach(row -> page.add(table.read(row.state())));
        } else if (!rows.isEmpty()) {
            addWithLists(jdbc, rows, page);
        }
        return page;
    }

    /** The lists of all of them come in one statement, in the order of the page. */
    private void addWithLists(JdbcClient jdbc, List<Row> rows, Cut<S> page) {
        jdbc.sql("SELECT wanted.key, octet_length(item), list, item FROM json_each(:ids) AS wanted"
                        + " CROSS JOIN GrownItem ON GrownItem.id = wanted.value WHERE projection = :projection"
                        + " AND generation = :generation ORDER BY wanted.key, list, place")
                .param(
                        "ids",
                        Json.mapper()
                                .writeValueAsString(rows.stream().map(Row::id).toList()))
                .param("projection", table.projection())
                .param("generation", rows.get(0).generation())
                .query(items -> {
                    boolean isItem = items.next();
                    for (int i = 0; i < rows.size(); i++) {
                        Map<String, List<String>> lists = new HashMap<>();
                        while (isItem && items.getInt(1) == i) {
                            if (!page.grows(items.getLong(2))) {
                                return page;
                            }
                            lists.computeIfAbsent(items.getString(3), list -> new ArrayList<>())
                                    .add(items.getString(4));
                            isItem = items.next();
                        }
                        page.add(table.readWhole(rows.get(i).state(), list -> lists.getOrDefault(list, List.of())));
                    }
                    return page;
                });
    }
}
