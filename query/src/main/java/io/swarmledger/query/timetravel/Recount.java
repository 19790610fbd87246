package io.swarmledger.query.timetravel;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a thing that is folded again counts otherwise than before: its counts are of all positions from there on. */
final class Recount {

    private final Map<Long, TreeMap<Long, Long>> tallies = new HashMap<>();

    /** From that position on one more, or one less, is counted under a tally. */
    void add(long tally, long position, long things) {
        tallies.computeIfAbsent(tally, number -> new TreeMap<>()).merge(position, things, Long::sum);
    }

    /** Writes it. */
    void write(IndexRows rows) throws SQLException {
        for (Map.Entry<Long, TreeMap<Long, Long>> tally : tallies.entrySet()) {
            TreeMap<Long, Long> changes = tally.getValue();
            changes.values().removeIf(things -> things == 0);
            for (long position : changes.keySet()) {
                rows.countAt(tally.getKey(), position);
            }
            long more = 0;
            for (Map.Entry<Long, Long> change : changes.entrySet()) {
                more += change.getValue();
                Long next = changes.higherKey(change.getKey());
                rows.countMore(tally.getKey(), change.getKey(), next == null ? Long.MAX_VALUE : next, more);
            }
        }
    }
}
