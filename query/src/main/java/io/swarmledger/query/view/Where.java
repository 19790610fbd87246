package io.swarmledger.query.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conditions of a query, each with its bound value. Only what a caller gave becomes one. */
public final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Always holds. */
    public Where always(String condition) {
        conditions.add(condition);
        return this;
    }

    /** {@code condition}, which names {@code :name}, if there is a value. */
    public Where given(String condition, String name, Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
        return this;
    }

    /** A value that the conditions name. */
    public Where bound(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** The column has one of the values; no values say nothing. */
    public Where oneOf(String column, List<String> among) {
        return among == null || among.isEmpty() ? this : given(column + " IN (:" + column + ")", column, among);
    }

    /** The column has that value; {@code null} says nothing. */
    public Where is(String column, Object value) {
        return given(column + " = :" + column, column, value);
    }

    /** As SQL, beginning with {@code WHERE}, or nothing. */
    public String sql() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /** The values to bind, by name. */
    public Map<String, Object> values() {
        return values;
    }

    /** These conditions, to which more can be added without changing them. */
    public Where copy() {
        Where copy = new Where();
        copy.conditions.addAll(conditions);
        copy.values.putAll(values);
        return copy;
    }
}
