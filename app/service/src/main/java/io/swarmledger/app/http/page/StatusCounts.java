package io.swarmledger.app.http.page;

import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.agent.CountAgents;
import io.swarmledger.query.task.CountTasks;
import io.swarmledger.query.view.SwarmCounts;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How many agents and tasks of swarms are in each status: counted by their indexes, without reading any of them. */
@Component
final class StatusCounts {

    static final List<String> OF_AGENTS = List.of("active", "idle", "blocked", "completed", "error");
    static final List<String> OF_TASKS =
            List.of("in-progress", "queued", "pending", "blocked", "failed", "completed", "cancelled");

    private final Gateways gateways;

    StatusCounts(Gateways gateways) {
        this.gateways = gateways;
    }

    /** So many are in that status. */
    record Count(String status, long total) {}

    /** What was counted of some swarms. */
    record OfSwarms(SwarmCounts agents, SwarmCounts tasks) {

        /** Of a swarm's agents; statuses that none has are left out. */
        List<Count> agents(String swarmId) {
            return some(OF_AGENTS, agents, swarmId);
        }

        /** Of a swarm's tasks; statuses that none has are left out. */
        List<Count> tasks(String swarmId) {
            return some(OF_TASKS, tasks, swarmId);
        }

        private static List<Count> some(List<String> statuses, SwarmCounts counts, String swarmId) {
            return statuses.stream()
                    .map(status -> new Count(status, counts.of(swarmId, status)))
                    .filter(count -> count.total() > 0)
                    .toList();
        }
    }

    /** Of these swarms. */
    OfSwarms of(List<String> swarmIds) {
        return swarmIds.isEmpty()
                ? new OfSwarms(new SwarmCounts(Map.of()), new SwarmCounts(Map.of()))
                : new OfSwarms(count(new CountAgents(swarmIds)), count(new CountTasks(swarmIds)));
    }

    private SwarmCounts count(LedgerQuery query) {
        return gateways.ask(query, SwarmCounts.class, null);
    }
}
