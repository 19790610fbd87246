package io.swarmledger.app.check;

import io.swarmledger.events.Json;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.agent.AgentMetrics;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.agent.GetAgentMetrics;
import io.swarmledger.query.memory.FindMemories;
import io.swarmledger.query.memory.GetMemory;
import io.swarmledger.query.memory.MemoryQueries;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.GetSwarm;
import io.swarmledger.query.swarm.SwarmQueries;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.GetTaskStatistics;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.task.TaskStatistics;
import io.swarmledger.query.view.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;

/** What users are answered, by the handlers of their queries, all of it from one moment of the views' file. */
final class Answers {

    private final QueryGateway queries;

    Answers(Reading moment, AgentHealth health) {
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        for (Object handler : List.of(
                new AgentQueries(moment, health),
                new TaskQueries(moment, health),
                new MemoryQueries(moment),
                new SwarmQueries(moment))) {
            new AnnotationQueryHandlerAdapter<>(handler).subscribe(bus);
        }
        this.queries = DefaultQueryGateway.builder().queryBus(bus).build();
    }

    /**
     * One thing as it is answered, as JSON; {@code null} for none.
     *
     * @param feature agent, task, memory or swarm
     */
    String one(String feature, String id) {
        Object found =
                switch (feature) {
                    case "agent" -> ask(new GetAgent(id), AgentView.class);
                    case "task" -> ask(new GetTask(id), TaskState.class);
                    case "memory" -> ask(new GetMemory(id), MemoryState.class);
                    default -> ask(new GetSwarm(id), SwarmView.class);
                };
        return found == null ? null : Json.mapper().writeValueAsString(found);
    }

    /** How many there are under each status, as far as that is counted exactly; {@code gone} are memories not stored. */
    Map<String, Long> counts(String feature) {
        return switch (feature) {
            case "agent" -> ask(new GetAgentMetrics(null), AgentMetrics.class).byStatus();
            case "task" -> ask(new GetTaskStatistics(null), TaskStatistics.class)
                    .byStatus();
            case "memory" -> memories();
            default -> swarms();
        };
    }

    private Map<String, Long> memories() {
        FindMemories stored = FindMemories.all().withLimit(1);
        Map<String, Long> counts = new HashMap<>();
        Long there = total(stored, MemoryState.class);
        Long all = total(stored.withIncludeDeleted(true), MemoryState.class);
        counts.put("stored", there);
        counts.put("gone", there == null || all == null ? null : Long.valueOf(all - there));
        return counts;
    }

    private Map<String, Long> swarms() {
        Map<String, Long> counts = new HashMap<>();
        SwarmQueries.MODEL
                .statuses()
                .forEach(status -> counts.put(
                        status, total(FindSwarms.all().withStatus(status).withLimit(1), SwarmView.class)));
        return counts;
    }

    private Long total(LedgerQuery query, Class<?> item) {
        Page<?> page = queries.query(query, PageOf.items(item)).join();
        return page.totalIsExact() ? page.total() : null;
    }

    private <T> T ask(LedgerQuery query, Class<T> answer) {
        return queries.query(query, answer).join();
    }
}
