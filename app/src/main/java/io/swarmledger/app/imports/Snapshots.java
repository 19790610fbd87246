package io.swarmledger.app.imports;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Keeps claude-flow's snapshots, one an aggregate: of two the one of the higher version, of equals the one that came
 * last. They are opaque; a prefix changes the aggregate's id, not the state.
 */
final class Snapshots implements AutoCloseable {

    /** In claude-flow's table {@code snapshots}. */
    static final List<String> COLUMNS = List.of("aggregate_id", "aggregate_type", "version", "state", "timestamp");

    private static final List<String> NAMES =
            COLUMNS.stream().map("snapshots."::concat).toList();

    private static final String KEEP = "INSERT INTO ImportedSnapshot (aggregateId, aggregateType, version, state,"
            + " timestamp) VALUES (?,?,?,?,?) ON CONFLICT (aggregateId) DO UPDATE SET"
            + " aggregateType = excluded.aggregateType, version = excluded.version, state = excluded.state,"
            + " timestamp = excluded.timestamp WHERE excluded.version > version OR excluded.version = version"
            + " AND (excluded.aggregateType, excluded.state, excluded.timestamp) IS NOT"
            + " (aggregateType, state, timestamp)";

    private final Prefix prefix;
    private final BadRows bad;
    private final PreparedStatement keep;

    /** For the log of which {@code connection} is in a transaction. */
    Snapshots(Connection connection, Prefix prefix, BadRows bad) throws SQLException {
        this.prefix = prefix;
        this.bad = bad;
        keep = connection.prepareStatement(KEEP);
    }

    /**
     * Keeps a snapshot unless it is a bad one, which is noted, or the ledger has it or a newer one.
     *
     * @param found its values in the order of {@link #COLUMNS}
     * @return how many were kept, 1 or 0
     */
    int keep(long row, Object[] found) throws SQLException {
        Values values = new Values(row);
        String id = values.text(NAMES.get(0), found[0]);
        String type = values.text(NAMES.get(1), found[1]);
        long version = values.whole(NAMES.get(2), found[2], 0, Long.MAX_VALUE);
        String state = values.json(NAMES.get(3), found[3]);
        Number timestamp = values.number(NAMES.get(4), found[4]);
        if (!values.bad().isEmpty()) {
            values.bad().forEach(bad::add);
            return 0;
        }
        keep.setString(1, prefix.id(id));
        keep.setString(2, type);
        keep.setLong(3, version);
        keep.setString(4, state);
        keep.setObject(5, timestamp);
        return keep.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        keep.close();
    }
}
