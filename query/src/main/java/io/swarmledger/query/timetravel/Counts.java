package io.swarmledger.query.timetravel;

import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Where;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many things of a model had which status at a position. */
final class Counts {

    private Counts() {}

    /** Instead of a status, of which any text may be one: those that a swarm has at work. */
    static final String MEMBERS = null;

    /** How many things of a model that swarm had at work. */
    static long members(JdbcClient index, ReadModels models, ReadModel<?> model, String swarmId, long position) {
        return index.sql("SELECT things FROM Counted WHERE tally = (SELECT tally FROM Tally WHERE model = :model"
                        + " AND swarm = (SELECT swarm FROM Swarm WHERE id = :swarmId) AND status IS NULL)"
                        + " AND position <= :position ORDER BY position DESC LIMIT 1")
                .param("model", models.numberOf(model))
                .param("swarmId", swarmId)
                .param("position", position)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /**
     * By status; every status that the model has is named.
     *
     * @param swarmId of that swarm alone; {@code null} for all
     */
    static Map<String, Long> at(
            JdbcClient index, ReadModels models, ReadModel<?> model, String swarmId, long position) {
        Map<String, Long> counts = new LinkedHashMap<>();
        model.statuses().forEach(status -> counts.put(status, 0L));
        Where where = new Where()
                .is("model", models.numberOf(model))
                .always("status IS NOT NULL")
                .given("swarm = (SELECT swarm FROM Swarm WHERE id = :swarmId)", "swarmId", swarmId);
        index.sql("SELECT status, (SELECT things FROM Counted WHERE Counted.tally = Tally.tally"
                        + " AND position <= :position ORDER BY position DESC LIMIT 1) FROM Tally" + where.sql())
                .params(where.values())
                .param("position", position)
                .query(row -> {
                    if (row.getLong(2) > 0) {
                        counts.merge(row.getString(1), row.getLong(2), Long::sum);
                    }
                });
        return counts;
    }
}
