package io.swarmledger.app.imports;

import io.swarmledger.app.log.LogTransaction;
import io.swarmledger.query.log.RawJson;
import io.swarmledger.query.log.StoredSnapshot;
import java.util.List;

/**
 * Keeps claude-flow's snapshots, one an aggregate: of two the one of the higher version, of equals the one that came
 * last. They are opaque; a prefix changes the aggregate's id, not the state.
 */
public final class Snapshots {

    /** In claude-flow's table {@code snapshots}. */
    public static final List<String> COLUMNS =
            List.of("aggregate_id", "aggregate_type", "version", "state", "timestamp");

    private static final List<String> NAMES =
            COLUMNS.stream().map("snapshots."::concat).toList();

    private final Prefix prefix;
    private final BadRows bad;
    private final LogTransaction log;

    /** For a log in a transaction. */
    Snapshots(LogTransaction log, Prefix prefix, BadRows bad) {
        this.log = log;
        this.prefix = prefix;
        this.bad = bad;
    }

    /**
     * Keeps a snapshot unless it is a bad one, which is noted, or the ledger has it or a newer one.
     *
     * @param found its values in the order of {@link #COLUMNS}
     * @return how many were kept, 1 or 0
     */
    public int keep(long row, Object[] found) {
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
        StoredSnapshot snapshot =
                new StoredSnapshot(prefix.id(id), type, version, new RawJson(state), timestamp.doubleValue(), true);
        return log.keep(snapshot) ? 1 : 0;
    }
}
