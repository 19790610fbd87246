package io.swarmledger.query.view;

import io.swarmledger.query.Cursor;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import java.util.List;
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

    /** The state of that id, its lists whole; empty if there is none. */
    public Optional<S> byId(String id) {
        return views.read(jdbc -> {
            Where where = live().is("id", id);
            return jdbc.sql("SELECT id, generation, state FROM " + table.table() + where.sql())
                    .params(where.values())
                    .query((row, number) -> new Row(row.getString(1), row.getLong(2), row.getString(3)))
                    .optional()
                    .map(row -> whole(jdbc, row));
        });
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
        return views.read(jdbc -> {
            List<S> found = jdbc
                    .sql("SELECT id, generation, state FROM " + table.table() + where.sql() + " ORDER BY "
                            + order.orderBy() + " LIMIT :limit")
                    .params(where.values())
                    .param("limit", items + 1)
                    .query((row, number) -> new Row(row.getString(1), row.getLong(2), row.getString(3)))
                    .list()
                    .stream()
                    .map(row -> whole(jdbc, row))
                    .toList();
            long total = count(jdbc, table.table(), filter);
            boolean more = found.size() > items;
            List<S> page = more ? found.subList(0, items) : found;
            return new Page<>(
                    page,
                    Math.min(total, Paging.COUNTED_TO),
                    total <= Paging.COUNTED_TO,
                    more ? cursorAfter(page.get(items - 1), order) : null);
        });
    }

    private String list(Order<S> order) {
        return table.projection() + " by " + order.name();
    }

    private String cursorAfter(S last, Order<S> order) {
        return Cursor.after(list(order), order.key().apply(last));
    }

    /** Hands every state for which {@code filter} holds to {@code visitor}, one at a time, lists by their size only. */
    public void each(Where filter, Consumer<S> visitor) {
        views.read(jdbc -> {
            jdbc.sql("SELECT state FROM " + table.table() + filter.sql())
                    .params(filter.values())
                    .query(row -> {
                        visitor.accept(table.read(row.getString(1)));
                    });
            return null;
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

    private S whole(JdbcClient jdbc, Row row) {
        return table.readWhole(row.state(), list -> jdbc.sql(
                        "SELECT item FROM GrownItem WHERE projection = :projection AND generation = :generation"
                                + " AND id = :id AND list = :list ORDER BY place")
                .param("projection", table.projection())
                .param("generation", row.generation())
                .param("id", row.id())
                .param("list", list)
                .query(String.class)
                .list());
    }
}
