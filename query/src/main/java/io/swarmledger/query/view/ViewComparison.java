package io.swarmledger.query.view;

import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Compares two generations of a view, rows and lists, inside one moment of its file. */
final class ViewComparison {

    private final JdbcClient views;
    private final ViewTable<?> table;
    private final long live;
    private final long fresh;
    private final int most;
    private final List<ViewDifference> differences = new ArrayList<>();

    /**
     * Of a view.
     *
     * @param live the generation that queries read
     * @param fresh the one that was folded afresh
     * @param most differences at most
     */
    ViewComparison(JdbcClient views, ViewTable<?> table, long live, long fresh, int most) {
        this.views = views;
        this.table = table;
        this.live = live;
        this.fresh = fresh;
        this.most = most;
    }

    List<ViewDifference> differences() {
        String columns = table.columns().stream()
                .map(column -> " OR theirs." + column + " IS NOT ours." + column)
                .collect(Collectors.joining());
        states("SELECT ours.id, ours.state, theirs.state FROM %1$s AS ours LEFT JOIN %1$s AS theirs"
                + " ON theirs.generation = :fresh AND theirs.id = ours.id"
                + " WHERE ours.generation = :live AND (theirs.state IS NOT ours.state" + columns + ") LIMIT :most");
        states("SELECT theirs.id, NULL, theirs.state FROM %1$s AS theirs WHERE theirs.generation = :fresh"
                + " AND NOT EXISTS (SELECT 1 FROM %1$s AS ours WHERE ours.generation = :live"
                + " AND ours.id = theirs.id) AND :live = :live LIMIT :most");
        lists();
        return differences;
    }

    private void states(String sql) {
        views.sql(sql.formatted(table.table()))
                .param("live", live)
                .param("fresh", fresh)
                .param("most", room())
                .query(row -> {
                    state(row.getString(1), row.getString(2), row.getString(3));
                });
    }

    private void state(String id, String ours, String theirs) {
        if (ours == null || theirs == null) {
            add(new ViewDifference(id, null, parsed(ours), parsed(theirs)));
            return;
        }
        JsonNode view = parsed(ours);
        JsonNode log = parsed(theirs);
        TreeSet<String> fields = new TreeSet<>(view.propertyNames());
        fields.addAll(log.propertyNames());
        fields.removeIf(field -> Objects.equals(view.get(field), log.get(field)));
        if (fields.isEmpty()) {
            // The states agree: what a query would filter by does not.
            add(new ViewDifference(id, "index", null, null));
        }
        fields.forEach(field -> add(new ViewDifference(id, field, view.get(field), log.get(field))));
    }

    private static JsonNode parsed(String state) {
        return state == null ? null : Json.mapper().readTree(state);
    }

    private void lists() {
        String items = "SELECT id, list, place, item FROM GrownItem WHERE projection = :projection AND generation = ";
        List<String[]> differing = views.sql("SELECT DISTINCT id, list FROM (SELECT * FROM (" + items + ":live EXCEPT "
                        + items + ":fresh) UNION ALL SELECT * FROM (" + items + ":fresh EXCEPT " + items
                        + ":live)) ORDER BY id, list LIMIT :most")
                .param("projection", table.projection())
                .param("live", live)
                .param("fresh", fresh)
                .param("most", room())
                .query((row, number) -> new String[] {row.getString(1), row.getString(2)})
                .list();
        differing.forEach(one ->
                add(new ViewDifference(one[0], one[1], items(one[0], one[1], live), items(one[0], one[1], fresh))));
    }

    private List<String> items(String id, String list, long generation) {
        return views.sql("SELECT item FROM GrownItem WHERE projection = ? AND generation = ? AND id = ? AND list = ?"
                        + " ORDER BY place")
                .params(table.projection(), generation, id, list)
                .query(String.class)
                .list();
    }

    private int room() {
        return Math.max(0, most - differences.size());
    }

    private void add(ViewDifference difference) {
        if (room() > 0) {
            differences.add(difference);
        }
    }
}
