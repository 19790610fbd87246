package io.swarmledger.query.attention;

import io.swarmledger.query.Recorded;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.attention.Attention.OfSwarm;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.swarm.LastHeard;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.view.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks through all agents and tasks, grouped, for what somebody should look at. */
public final class AttentionQueries {

    private static final String LIVE = ".generation = (SELECT live FROM Projection WHERE name = '%s')";
    private static final String TERMINATED = "terminated";

    private final Reading views;
    private final EventLog log;
    private final AgentHealth health;

    /**
     * Looks by the views.
     *
     * @param log tells when anything was last heard of a swarm
     */
    public AttentionQueries(Reading views, EventLog log, AgentHealth health) {
        this.views = views;
        this.log = log;
        this.health = health;
    }

    private static final class Found {

        private final Map<String, Long> counts = new HashMap<>();
        private String status;
        private double heardAt = Recorded.NEVER;

        long count(String what) {
            return counts.getOrDefault(what, 0L);
        }
    }

    @QueryHandler
    Attention handle(GetAttention query) {
        double silentBefore = health.silentBefore();
        Map<String, Found> found = views.read(jdbc -> look(jdbc, silentBefore));
        List<OfSwarm> swarms = new ArrayList<>();
        found.forEach((swarmId, of) -> {
            if (!TERMINATED.equals(of.status)) {
                swarms.add(ofSwarm(swarmId, of, silentBefore));
            }
        });
        swarms.removeIf(swarm -> swarm.total() == 0 && !swarm.isSilent());
        swarms.sort(Comparator.comparingLong(OfSwarm::total).reversed().thenComparing(OfSwarm::swarmId));
        return new Attention(swarms);
    }

    private static Map<String, Found> look(JdbcClient jdbc, double silentBefore) {
        Map<String, Found> found = new HashMap<>();
        jdbc.sql("SELECT swarmId, " + AgentHealth.SQL + " AS health, count(*), max(lastHeardAt) FROM agent_state"
                        + " WHERE agent_state" + LIVE.formatted("agent-state") + " GROUP BY swarmId, health")
                .param("silentBefore", silentBefore)
                .query(row -> {
                    Found of = found.computeIfAbsent(row.getString(1), id -> new Found());
                    of.counts.put(row.getString(2), row.getLong(3));
                    of.heardAt = Math.max(of.heardAt, row.getObject(4) == null ? Recorded.NEVER : row.getDouble(4));
                });
        jdbc.sql("SELECT swarmId, CASE WHEN " + TaskQueries.STUCK + " THEN 'stuck' ELSE status END AS trouble, count(*)"
                        + " FROM task_history WHERE task_history" + LIVE.formatted("task-history")
                        + " AND status IN ('in-progress', 'blocked', 'failed') GROUP BY swarmId, trouble")
                .param("silentBefore", silentBefore)
                .query(row -> {
                    found.computeIfAbsent(row.getString(1), id -> new Found())
                            .counts
                            .put(row.getString(2), row.getLong(3));
                });
        jdbc.sql("SELECT id, status FROM swarm_overview WHERE swarm_overview" + LIVE.formatted("swarm-overview"))
                .query(row -> {
                    found.computeIfAbsent(row.getString(1), id -> new Found()).status = row.getString(2);
                });
        return found;
    }

    private OfSwarm ofSwarm(String swarmId, Found of, double silentBefore) {
        double heardAt = of.status == null || of.heardAt >= silentBefore
                ? of.heardAt
                : Math.max(of.heardAt, lastHeardAt(swarmId, silentBefore));
        boolean isSilent = of.status != null && heardAt < silentBefore;
        return new OfSwarm(
                swarmId,
                of.status,
                of.count("failing"),
                of.count("silent"),
                of.count("blocked"),
                of.count("failed"),
                of.count("stuck"),
                isSilent,
                isSilent && heardAt != Recorded.NEVER ? Double.valueOf(heardAt) : null);
    }

    private double lastHeardAt(String swarmId, double silentBefore) {
        return LastHeard.of(log, swarmId, silentBefore).map(LogRow::time).orElse(Recorded.NEVER);
    }
}
