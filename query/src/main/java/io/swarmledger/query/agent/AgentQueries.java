package io.swarmledger.query.agent;

import io.swarmledger.events.agent.AgentEvent;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Rates;
import io.swarmledger.query.view.Projection;
import io.swarmledger.query.view.ProjectionNames;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.Sorting;
import io.swarmledger.query.view.Subscribable;
import io.swarmledger.query.view.SwarmCounts;
import io.swarmledger.query.view.Updates;
import io.swarmledger.query.view.ViewReader;
import io.swarmledger.query.view.ViewTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Answers every question about agents, and keeps the view that it answers from. */
public final class AgentQueries implements Subscribable<AgentState> {

    /** As {@link io.swarmledger.query.usage.CallSums#tokens} counts them. */
    private static final String TOKENS = "(json_extract(state, '$.calls.inputTokens')"
            + " + json_extract(state, '$.calls.outputTokens') + json_extract(state, '$.calls.cacheReadTokens')"
            + " + json_extract(state, '$.calls.cacheWriteTokens'))";

    private static final ViewTable<AgentState> TABLE = ViewTable.of(ProjectionNames.AGENT_STATE, AgentState.class)
            .column("swarmId", AgentState::swarmId)
            .column("status", AgentState::status)
            .column("domain", AgentState::domain)
            .column("role", AgentState::role)
            .column("stoppedAt", AgentState::stoppedAt)
            .column("failuresInARow", AgentState::failuresInARow)
            .column("lastHeardAt", AgentState::lastHeardAt)
            .column("currentTask", AgentState::currentTask)
            .column("parentAgentId", AgentState::parentAgentId)
            .list("completedTasks", AgentState::completedTasks)
            .list("failedTasks", AgentState::failedTasks);

    /** What is known of agents, and how it comes from their events. */
    public static final ReadModel<AgentState> MODEL = ReadModel.of(
                    "agent", AgentEvent.class, new AgentFold(), TABLE, AgentState::swarmId)
            .withBirth("agent:spawned")
            .withStatus(AgentState::status)
            .withStatuses(AgentState.STATUSES)
            .withIsMember(agent -> !agent.isStopped())
            .withRevision("2");

    private static final Sorting<AgentState> SORTING = Sorting.byId(AgentState::id)
            .column("role", AgentState::role)
            .column("status", AgentState::status)
            .column("domain", AgentState::domain)
            .column("currentTask", AgentState::currentTask)
            .field("taskCount", AgentState::taskCount)
            .field("failedTasks", agent -> agent.failedTasks().size())
            .field("errorCount", AgentState::errorCount)
            .by("toolCalls", "json_extract(state, '$.calls.toolCalls')", agent -> agent.calls()
                    .toolCalls())
            .by("tokens", TOKENS, agent -> agent.calls().tokens())
            .field("spawnedAt", AgentState::spawnedAt)
            .field("lastActivityAt", AgentState::lastActivityAt)
            .column("lastHeardAt", AgentState::lastHeardAt);

    private final ViewReader<AgentState> agents;
    private final AgentHealth health;

    public AgentQueries(Reading views, AgentHealth health) {
        this.agents = new ViewReader<>(views, TABLE);
        this.health = health;
    }

    @Override
    public ReadModel<AgentState> model() {
        return MODEL;
    }

    @Override
    public Projection.Changes updates(QueryUpdateEmitter emitter) {
        return new Updates<AgentView>(emitter, this::get)
                .to(GetAgent.class, (query, agent) -> query.agentId()
                        .equals(agent.agent().id()))
                .to(FindAgents.class, FindAgents::matches);
    }

    @QueryHandler
    Page<AgentView> handle(FindAgents query) {
        agents.requireKnown("status", query.status(), AgentState.STATUSES);
        if (query.health() != null && !AgentHealth.ALL.contains(query.health())) {
            throw InvalidQuery.noneOf("health", query.health(), AgentHealth.ALL);
        }
        return agents.page(
                        health.given(
                                agents.live()
                                        .is("status", query.status())
                                        .is("domain", query.domain())
                                        .is("role", query.role())
                                        .is("parentAgentId", query.parent())
                                        .is("swarmId", query.swarmId())
                                        .given("(stoppedAt IS NULL OR lastHeardAt > :after)", "after", query.after())
                                        .given(
                                                "coalesce(json_extract(state, '$.spawnedAt') < :before, true)",
                                                "before",
                                                query.before()),
                                query.health()),
                        SORTING.order(query.sort()),
                        query.limit(),
                        query.cursor())
                .map(health::view);
    }

    @QueryHandler
    SwarmCounts handle(CountAgents query) {
        return agents.byStatus(query.swarmIds());
    }

    @QueryHandler
    Optional<AgentView> handle(GetAgent query) {
        return get(query.agentId());
    }

    @QueryHandler
    AgentMetrics handle(GetAgentMetrics query) {
        Map<String, Long> byStatus = counters(AgentState.STATUSES);
        Map<String, Long> byHealth = counters(AgentHealth.ALL);
        var sum = new Object() {
            long agents;
            long completed;
            long timed;
            long failed;
            long errors;
            double duration;
        };
        long position = agents.each(agents.live().is("swarmId", query.swarmId()), agent -> {
            byStatus.merge(agent.status(), 1L, Long::sum);
            byHealth.merge(health.of(agent), 1L, Long::sum);
            sum.agents++;
            sum.completed += agent.taskCount();
            sum.timed += agent.timedTasks();
            sum.failed += agent.failedTasks().size();
            sum.errors += agent.errorCount();
            sum.duration += agent.totalTaskDuration();
        });
        return new AgentMetrics(
                sum.agents,
                byStatus,
                byHealth,
                sum.completed,
                sum.failed,
                sum.errors,
                sum.duration,
                Rates.average(sum.duration, sum.timed),
                Rates.of(sum.completed, sum.failed),
                Rates.of(sum.failed, sum.completed),
                position);
    }

    private Optional<AgentView> get(String id) {
        return agents.byId(id).map(health::view);
    }

    private static Map<String, Long> counters(Iterable<String> names) {
        Map<String, Long> counters = new LinkedHashMap<>();
        names.forEach(name -> counters.put(name, 0L));
        return counters;
    }
}
