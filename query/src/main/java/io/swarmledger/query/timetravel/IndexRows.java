package io.swarmledger.query.timetravel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The index's statements on one connection, prepared once. */
final class IndexRows implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    IndexRows(Connection connection) {
        this.connection = connection;
    }

    /** What the index has seen of the log. */
    long position() throws SQLException {
        try (ResultSet row = prepared("SELECT position FROM Progress").executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    void reached(long position) throws SQLException {
        update("UPDATE Progress SET position = ?", position);
    }

    /** A thing as the index knows it. */
    record Known(long number, boolean unreadable) {}

    Optional<Known> thing(int model, String id) throws SQLException {
        try (ResultSet row = query("SELECT thing, unreadable FROM Thing WHERE id = ? AND model = ?", id, model)) {
            return row.next() ? Optional.of(new Known(row.getLong(1), row.getObject(2) != null)) : Optional.empty();
        }
    }

    long addThing(int model, String id) throws SQLException {
        update("INSERT INTO Thing (model, id) VALUES (?, ?)", model, id);
        return lastNumber();
    }

    void unreadable(Thing<?> thing, long position) throws SQLException {
        update("UPDATE Thing SET unreadable = ? WHERE thing = ?", position, thing.number());
    }

    void step(Thing<?> thing, long position) throws SQLException {
        update("INSERT INTO Step (position, thing) VALUES (?, ?)", position, thing.number());
    }

    void checkpoint(Thing<?> thing, long position, String state) throws SQLException {
        update("INSERT INTO Checkpoint (thing, position, state) VALUES (?, ?, ?)", thing.number(), position, state);
    }

    /** How many steps there are behind the latest checkpoint. */
    int stepsSinceCheckpoint(Thing<?> thing) throws SQLException {
        return (int) number(
                        "SELECT count(*) FROM Step WHERE thing = ? AND position >"
                                + " (SELECT coalesce(max(position), 0) FROM Checkpoint WHERE thing = ?)",
                        thing.number(),
                        thing.number())
                .orElse(0);
    }

    void item(Thing<?> thing, String list, long place, long position, String item) throws SQLException {
        update(
                "INSERT INTO Item (thing, list, place, position, item) VALUES (?, ?, ?, ?, ?)",
                thing.number(),
                list,
                place,
                position,
                item);
    }

    void put(Thing<?> thing, long position, int shelf, long swarm) throws SQLException {
        update(
                "INSERT INTO Presence (thing, since, span, shelf, swarm) VALUES (?, ?, ?, ?, ?)",
                thing.number(),
                position,
                Span.LASTING,
                shelf,
                swarm);
    }

    void take(Thing<?> thing, long position) throws SQLException {
        long since = number("SELECT max(since) FROM Presence WHERE thing = ?", thing.number())
                .orElseThrow();
        update(
                "UPDATE Presence SET until = ?, span = ? WHERE thing = ? AND since = ?",
                position,
                Span.of(position - since),
                thing.number(),
                since);
    }

    long swarm(String id) throws SQLException {
        OptionalLong known = number("SELECT swarm FROM Swarm WHERE id = ?", id);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        update("INSERT INTO Swarm (id) VALUES (?)", id);
        return lastNumber();
    }

    long tally(int model, long swarm, String status) throws SQLException {
        OptionalLong known =
                number("SELECT tally FROM Tally WHERE model = ? AND swarm = ? AND status IS ?", model, swarm, status);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        update("INSERT INTO Tally (model, swarm, status) VALUES (?, ?, ?)", model, swarm, status);
        return lastNumber();
    }

    /** The latest count of a tally. */
    long counted(long tally) throws SQLException {
        return number("SELECT things FROM Counted WHERE tally = ? ORDER BY position DESC LIMIT 1", tally)
                .orElse(0);
    }

    void count(long tally, long position, long things) throws SQLException {
        update("INSERT INTO Counted (tally, position, things) VALUES (?, ?, ?)", tally, position, things);
    }

    private long lastNumber() throws SQLException {
        return number("SELECT last_insert_rowid()").orElseThrow();
    }

    private OptionalLong number(String sql, Object... values) throws SQLException {
        try (ResultSet row = query(sql, values)) {
            if (!row.next()) {
                return OptionalLong.empty();
            }
            long number = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
        }
    }

    private ResultSet query(String sql, Object... values) throws SQLException {
        return bound(sql, values).executeQuery();
    }

    private void update(String sql, Object... values) throws SQLException {
        bound(sql, values).executeUpdate();
    }

    private PreparedStatement bound(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
    }
}
