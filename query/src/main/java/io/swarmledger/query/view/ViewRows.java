package io.swarmledger.query.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * One batch over one generation of a view: each state that the batch touches is read once and written once, however
 * many of its events the batch has. Where the states are so large that they do not fit in memory together, those at hand
 * are written before more are read. Lives inside one transaction.
 */
final class ViewRows<S> {

    /** What states may hold in memory. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 32;

    /** So many bytes a character of a state's JSON are reckoned. */
    private static final long A_CHARACTER = 3;

    private final ViewTable<S> table;
    private final Connection connection;
    private final long generation;
    private final long mostBytes;
    private final BiConsumer<S, S> look;
    private final Set<String> changed = new LinkedHashSet<>();
    private final Map<String, Row<S>> rows = new LinkedHashMap<>();
    private long bytes;
    private PreparedStatement select;
    private PreparedStatement find;

    /**
     * Rows of a generation.
     *
     * @param look at each state before it is written: what is there, and what is to be; {@code null} for none
     */
    ViewRows(ViewTable<S> table, Connection connection, long generation, BiConsumer<S, S> look) {
        this(table, connection, generation, look, MOST_BYTES);
    }

    ViewRows(ViewTable<S> table, Connection connection, long generation, BiConsumer<S, S> look, long mostBytes) {
        this.look = look;
        this.mostBytes = mostBytes;
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

    /** Reads the state of that id, unless it is at hand. Those that were required before may not be at hand any more. */
    void require(String id) throws SQLException {
        if (!rows.containsKey(id)) {
            if (bytes > mostBytes) {
                writeThoseAtHand();
            }
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

    /** The ids of the states that were written. */
    List<String> changed() {
        return List.copyOf(changed);
    }

    /** Writes each changed state, and of its lists what they grew by. */
    void write() throws SQLException {
        try {
            writeThoseAtHand();
        } finally {
            if (select != null) {
                select.close();
            }
            if (find != null) {
                find.close();
            }
        }
    }

    private void writeThoseAtHand() throws SQLException {
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
                if (look != null) {
                    look.accept(row.stored, row.current);
                }
                changed.add(entry.getKey());
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
        }
        rows.clear();
        bytes = 0;
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
            item.setString(6, ViewTable.item(added));
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
            if (!row.next()) {
                return null;
            }
            String state = row.getString(1);
            bytes += A_CHARACTER * state.length();
            return table.read(state, (list, size, item) -> isOnDisk(id, list, item));
        }
    }

    private boolean isOnDisk(String id, String list, String item) {
        try {
            if (find == null) {
                find = connection.prepareStatement("SELECT 1 FROM GrownItem WHERE projection = ? AND generation = ?"
                        + " AND id = ? AND list = ? AND item = ? LIMIT 1");
            }
            find.setString(1, table.projection());
            find.setLong(2, generation);
            find.setString(3, id);
            find.setString(4, list);
            find.setString(5, item);
            try (ResultSet row = find.executeQuery()) {
                return row.next();
            }
        } catch (SQLException failure) {
            throw new ViewFault(table.projection(), failure);
        }
    }
}
