package io.swarmledger.app.http.page;

import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** How many agents and tasks of a swarm are in each status: counted by their indexes, without reading any of them. */
@Component
final class StatusCounts {

    static final List<String> OF_AGENTS = List.of("active", "idle", "blocked", "completed", "error");
    static final List<String> OF_TASKS = List.of("in-progress", "queued", "pending", "blocked", "failed", "completed");

    private final Gateways gateways;

    StatusCounts(Gateways gateways) {
        this.gateways = gateways;
    }

    /** So many are in that status, or more than that if it is not exact. */
    record Count(String status, long total, boolean isExact) {}

    /** Of agents; statuses that none has are left out. */
    List<Count> agents(String swarmId) {
        return some(counts(
                OF_AGENTS,
                status -> FindAgents.all()
                        .with(all -> all.swarmId(swarmId).status(status).limit(1)),
                AgentView.class));
    }

    /** Of tasks; statuses that none has are left out. */
    List<Count> tasks(String swarmId) {
        return some(allTasks(swarmId));
    }

    /** Of tasks, whether any has it or not. */
    List<Count> allTasks(String swarmId) {
        return counts(
                OF_TASKS,
                status -> FindTasks.all()
                        .with(all -> all.swarmId(swarmId).status(status).limit(1)),
                TaskState.class);
    }

    private static List<Count> some(List<Count> counts) {
        return counts.stream().filter(count -> count.total() > 0).toList();
    }

    private <T> List<Count> counts(List<String> statuses, Function<String, LedgerQuery> query, Class<T> item) {
        return statuses.stream()
                .map(status -> {
                    Page<T> found = gateways.page(query.apply(status), item, null);
                    return new Count(status, found.total(), found.totalIsExact());
                })
                .toList();
    }
}
