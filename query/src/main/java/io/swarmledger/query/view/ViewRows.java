package io.swarmledger.query.view;

import io.swarmledger.events.HalfSurrogates;
import io.swarmledger.events.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One batch over one generation of a view: each state that the batch touches is read once and written once, however
 * many of its events the batch has. Lives inside one transaction.
 */
final class ViewRows<S> {

    private final ViewTable<S> table;
    private final Connection connection;
    private final long generation;
    private final Map<String, Row<S>> rows = new LinkedHashMap<>();
    private PreparedStatement select;

    ViewRows(ViewTable<S> table, Connection connection, long generation) {
        this.table = table;
        this.connection = connection;
        this.generation = generation;
    }

    private static final class Row<S> {

        private final S stored;
        private S current;

        Row(S stored) {
            this.stored = stored;
            this.current = stored;
        }
    }

    /** Reads the state of that id, unless this batch has done so before. */
    void require(String id) throws SQLException {
        if (!rows.containsKey(id)) {
            rows.put(id, new Row<>(load(id)));
        }
    }

    /** The state of a required id as this batch has it, {@code null} if there is none. */
    S get(String id) {
        return rows.get(id).current;
    }

    /** Sets the state of a required id. */
    void put(String id, S state) {
        rows.get(id).current = state;
    }

    /** The ids whose states this batch changes. */
    List<String> changed() {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().current != row.getValue().stored)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Writes each changed state, and of its lists what they grew by. */
    void write() throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(table.upsert());
                PreparedStatement item = connection.prepareStatement(
                        "INSERT INTO GrownItem (projection, generation, id, list, place, item) VALUES (?, ?, ?, ?, ?, ?)");
                PreparedStatement forget = connection.prepareStatement(
                        "DELETE FROM GrownItem WHERE projection = ? AND generation = ? AND id = ? AND list = ?")) {
            boolean items = false;
            for (Map.Entry<String, Row<S>> entry : rows.entrySet()) {
                Row<S> row = entry.getValue();
                if (row.current == row.stored) {
                    continue;
                }
                upsert.setLong(1, generation);
                upsert.setString(2, entry.getKey());
                int parameter = 3;
                for (Object value : table.valuesOf(row.current)) {
                    upsert.setObject(parameter++, value);
                }
                upsert.addBatch();
                for (String list : table.lists().keySet()) {
                    items |= grow(entry.getKey(), list, row, item, forget);
                }
            }
            upsert.executeBatch();
            if (items) {
                item.executeBatch();
            }
        } finally {
            if (select != null) {
                select.close();
            }
        }
    }

    private boolean grow(String id, String list, Row<S> row, PreparedStatement item, PreparedStatement forget)
            throws SQLException {
        Growing<?> now = table.lists().get(list).apply(row.current);
        long stored = row.stored == null
                ? 0
                : table.lists().get(list).apply(row.stored).size();
        if (now.before() < stored) {
            forget.setString(1, table.projection());
            forget.setLong(2, generation);
            forget.setString(3, id);
            forget.setString(4, list);
            forget.executeUpdate();
        }
        long place = now.before();
        for (Object added : now.added()) {
            item.setString(1, table.projection());
            item.setLong(2, generation);
            item.setString(3, id);
            item.setString(4, list);
            item.setLong(5, ++place);
            item.setString(6, HalfSurrogates.escapedIn(Json.mapper().writeValueAsString(added)));
            item.addBatch();
        }
        return now.size() > now.before();
    }

    private S load(String id) throws SQLException {
        if (select == null) {
            select = connection.prepareStatement(
                    "SELECT state FROM " + table.table() + " WHERE generation = ? AND id = ?");
        }
        select.setLong(1, generation);
        select.setString(2, id);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? table.read(row.getString(1)) : null;
        }
    }
}
