package io.swarmledger.query.view;

import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.view.ViewReader.Order;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a list can be sorted by. Who asks names one of it, with {@code -} before the name for the greatest first. What has
 * no such value comes last either way, and what has the same one goes by id.
 *
 * @param <S> the states of the list
 */
public final class Sorting<S> {

    private static final String DESCENDING = "-";

    private final Function<S, String> id;
    private final Map<String, Key<S>> keys = new LinkedHashMap<>();

    private record Key<S>(String sql, Function<S, Comparable<?>> value) {}

    private Sorting(Function<S, String> id) {
        this.id = id;
    }

    /** A list that is by id unless something else is wished. */
    public static <S> Sorting<S> byId(Function<S, String> id) {
        return new Sorting<>(id);
    }

    /** The same, by a column of the view's table too. */
    public Sorting<S> column(String name, Function<S, Comparable<?>> value) {
        return by(name, name, value);
    }

    /** The same, by a field of the state too. */
    public Sorting<S> field(String name, Function<S, Comparable<?>> value) {
        return by(name, "json_extract(state, '$." + name + "')", value);
    }

    /** The same, by what SQL makes of a row and {@code value} of its state. */
    public Sorting<S> by(String name, String sql, Function<S, Comparable<?>> value) {
        keys.put(name, new Key<>(sql, value));
        return this;
    }

    /**
     * The order that is wished for.
     *
     * @param sort as who asks wrote it; {@code null} for none
     * @throws InvalidQuery if the list cannot be sorted by that
     */
    public Order<S> order(String sort) {
        if (sort == null || sort.equals("id")) {
            return ViewReader.byId(id);
        }
        boolean isDescending = sort.startsWith(DESCENDING);
        String name = isDescending ? sort.substring(DESCENDING.length()) : sort;
        if (name.equals("id")) {
            return new Order<>(
                    sort, "id DESC", "id < :key0", List.of(String.class), state -> new Object[] {id.apply(state)});
        }
        Key<S> key = keys.get(name);
        if (key == null) {
            throw InvalidQuery.malformed(
                    "sort",
                    "is none of id, " + String.join(", ", keys.keySet()) + ", nor one of them with - before it");
        }
        return order(sort, key, isDescending);
    }

    private Order<S> order(String name, Key<S> key, boolean isDescending) {
        String isNone = "((" + key.sql() + ") IS NULL)";
        String value = "coalesce(" + key.sql() + ", '')";
        return new Order<>(
                name,
                isNone + ", " + value + (isDescending ? " DESC" : "") + ", id",
                isNone + " > :key0 OR " + isNone + " = :key0 AND (" + value + (isDescending ? " < " : " > ")
                        + ":key1 OR " + value + " = :key1 AND id > :key2)",
                List.of(Number.class, Comparable.class, String.class),
                state -> {
                    Comparable<?> of = key.value().apply(state);
                    return new Object[] {of == null ? 1 : 0, of == null ? "" : of, id.apply(state)};
                });
    }
}
