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
    private static final int EVENTS_AT_ONCE = 100;
    private static final int LOOKED_AT = 1_000;

    private LastHeard() {}

    /**
     * The last event that says that it is there; empty if there is none. What was told late of before is passed over for
     * an earlier position that is later in time: after that time, and among the newest {@value #LOOKED_AT}.
     *
     * @param silentBefore epoch milliseconds
     */
    public static Optional<LogRow> of(EventLog log, String swarmId, double silentBefore) {
        EventSelection newest =
                EventSelection.of(EventCriteria.ALL.withSwarmId(swarmId)).withNewestFirst(true);
        // One mostly suffices, and its payload may be long.
        List<LogRow> rows = log.read(newest, new Budget(1, Long.MAX_VALUE)).rows();
        LogRow latest = null;
        int looked = 0;
        while (!rows.isEmpty()) {
            for (LogRow row : rows) {
                boolean isHeard = !INCIDENT.equals(row.aggregateType());
                latest = isHeard && (latest == null || row.time() > latest.time()) ? row : latest;
            }
            looked += rows.size();
            LogRow last = rows.get(rows.size() - 1);
            boolean mayBeLater = latest == null
                    || latest.time() < silentBefore && last.recordedAt() >= silentBefore && looked < LOOKED_AT;
            rows = mayBeLater
                    ? log.read(newest.withUpTo(last.position() - 1), new Budget(EVENTS_AT_ONCE, 1L << 20))
                            .rows()
                    : List.of();
        }
        return Optional.ofNullable(latest);
    }
}
