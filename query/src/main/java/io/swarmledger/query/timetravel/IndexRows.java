package io.swarmledger.query.timetravel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    void unfolded(int model, long position) throws SQLException {
        update("INSERT INTO Unfolded (model, position) VALUES (?, ?) ON CONFLICT DO NOTHING", model, position);
    }

    void folded(int model, long position) throws SQLException {
        update("DELETE FROM Unfolded WHERE model = ? AND position = ?", model, position);
    }

    /** Where events are that could not be folded. */
    List<Long> unfolded(int model) throws SQLException {
        return numbers("SELECT position FROM Unfolded WHERE model = ? ORDER BY position", model);
    }

    /** The steps of a thing from a position on. */
    List<Long> stepsFrom(Thing<?> thing, long position) throws SQLException {
        return numbers(
                "SELECT position FROM Step WHERE thing = ? AND position >= ? ORDER BY position",
                thing.number(),
                position);
    }

    /** Takes a thing back to what it was before a position, but for what was counted. */
    void takeBack(Thing<?> thing, long position) throws SQLException {
        long number = thing.number();
        update("DELETE FROM Step WHERE thing = ? AND position >= ?", number, position);
        update("DELETE FROM Checkpoint WHERE thing = ? AND position >= ?", number, position);
        update("DELETE FROM Item WHERE thing = ? AND position >= ?", number, position);
        update("DELETE FROM Presence WHERE thing = ? AND since >= ?", number, position);
        update(
                "UPDATE Presence SET until = NULL, span = ? WHERE thing = ? AND until >= ?",
                Span.LASTING,
                number,
                position);
        update("UPDATE Thing SET unreadable = NULL WHERE thing = ? AND unreadable >= ?", number, position);
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

    /** Has a count at that position, of as many as before. */
    void countAt(long tally, long position) throws SQLException {
        update(
                "INSERT INTO Counted (tally, position, things) SELECT ?1, ?2, coalesce((SELECT things FROM Counted"
                        + " WHERE tally = ?1 AND position <= ?2 ORDER BY position DESC LIMIT 1), 0)"
                        + " WHERE true ON CONFLICT DO NOTHING",
                tally,
                position);
    }

    /** Counts so many more from one position on up to another. */
    void countMore(long tally, long from, long until, long more) throws SQLException {
        if (more != 0) {
            update(
                    "UPDATE Counted SET things = things + ? WHERE tally = ? AND position >= ? AND position < ?",
                    more,
                    tally,
                    from,
                    until);
        }
    }

    private List<Long> numbers(String sql, Object... values) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (ResultSet rows = query(sql, values)) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
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
