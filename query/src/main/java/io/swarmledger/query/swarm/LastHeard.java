package io.swarmledger.query.swarm;

import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.LogRow;
import java.util.List;
import java.util.Optional;

/** When anything was last heard of a swarm: what people say of its incidents is not heard of it. */
public final class LastHeard {

    private static final String INCIDENT = "incident";
    private static final int EVENTS_AT_ONCE = 20;

    private LastHeard() {}

    /** The last event that says that it is there; empty if there is none. */
    public static Optional<LogRow> of(EventLog log, String swarmId) {
        EventSelection newest =
                EventSelection.of(EventCriteria.ALL.withSwarmId(swarmId)).withNewestFirst(true);
        // One mostly suffices, and its payload may be long.
        List<LogRow> rows = log.read(newest, new Budget(1, Long.MAX_VALUE)).rows();
        while (!rows.isEmpty()) {
            Optional<LogRow> heard = rows.stream()
                    .filter(row -> !INCIDENT.equals(row.aggregateType()))
                    .findFirst();
            if (heard.isPresent()) {
                return heard;
            }
            long before = rows.get(rows.size() - 1).position() - 1;
            rows = log.read(newest.withUpTo(before), new Budget(EVENTS_AT_ONCE, 1L << 20))
                    .rows();
        }
        return Optional.empty();
    }
}
