package io.swarmledger.app.log.sqlite;

import static io.swarmledger.app.log.sqlite.LogTable.EVENTS;

import io.swarmledger.query.view.Where;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts events in each part of a stretch of time. To group by parts SQLite would sort all events. */
final class CountOverTime {

    private final JdbcClient log;
    private final double[] bounds;
    private final long[] counted;

    /** In the parts between these times. */
    CountOverTime(JdbcClient log, double[] bounds) {
        this.log = log;
        this.bounds = bounds;
        this.counted = new long[bounds.length - 1];
    }

    long[] of(List<String> types, String swarmId) {
        if (types.isEmpty() && (swarmId == null || isTheOnlySwarm(swarmId))) {
            ranges();
        } else {
            times(new Where()
                    .oneOf("payloadType", types)
                    .given((types.isEmpty() ? "" : "+") + "swarmId = :swarmId", "swarmId", swarmId));
        }
        return counted;
    }

    /** No index has swarms and times: where there is but one swarm, that of times alone answers. */
    private boolean isTheOnlySwarm(String swarmId) {
        return log.sql("SELECT min(swarmId) = :swarmId AND max(swarmId) = :swarmId FROM"
                        + " (SELECT (SELECT min(swarmId) FROM " + EVENTS + ") AS swarmId"
                        + " UNION ALL SELECT (SELECT max(swarmId) FROM " + EVENTS + "))")
                .param("swarmId", swarmId)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** Each part is a range of the index of times. */
    private void ranges() {
        for (int part = 0; part < counted.length; part++) {
            counted[part] = in(part, "timeStamp >= ? AND timeStamp < ? AND believedAt IS NULL")
                    + in(part, "believedAt >= ? AND believedAt < ?");
        }
    }

    private long in(int part, String condition) {
        return log.sql("SELECT count(*) FROM " + EVENTS + " WHERE " + condition)
                .params(bounds[part], bounds[part + 1])
                .query(Long.class)
                .single();
    }

    private void times(Where where) {
        where.given("coalesce(believedAt, timeStamp) >= :from", "from", bounds[0])
                .given("coalesce(believedAt, timeStamp) < :to", "to", bounds[bounds.length - 1]);
        log.sql("SELECT coalesce(believedAt, timeStamp) FROM " + EVENTS + where.sql())
                .params(where.values())
                .query(row -> {
                    counted[partOf(row.getDouble(1))]++;
                });
    }

    private int partOf(double time) {
        int bound = Arrays.binarySearch(bounds, time);
        return bound >= 0 ? bound : -bound - 2;
    }
}
