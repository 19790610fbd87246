package io.swarmledger.query.swarm;

import io.swarmledger.events.Json;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.events.swarm.SwarmEvent;
import io.swarmledger.query.Page;
import io.swarmledger.query.view.Projection;
import io.swarmledger.query.view.ProjectionNames;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.Subscribable;
import io.swarmledger.query.view.Updates;
import io.swarmledger.query.view.ViewReader;
import io.swarmledger.query.view.ViewTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Answers every question about swarms, and keeps the view that it answers from. */
public final class SwarmQueries implements Subscribable<SwarmState> {

    private static final ViewTable<SwarmState> TABLE = ViewTable.of(ProjectionNames.SWARM_OVERVIEW, SwarmState.class)
            .column("swarmId", SwarmState::swarmId)
            .column("status", SwarmState::status)
            .list("milestones", SwarmState::milestones);

    private static final ReadModel.Key IN_SWARM = (event, recorded) -> recorded.swarmId();

    /** What is known of swarms, and how it comes from their events. */
    public static final ReadModel<SwarmState> MODEL = ReadModel.of(
                    "swarm", SwarmEvent.class, new SwarmFold(), TABLE, SwarmState::swarmId)
            .withBirth("swarm:initialized")
            .withStatus(SwarmState::status)
            .withStatuses(SwarmState.STATUSES)
            .withBeside(Map.of(AgentToolCalled.class, IN_SWARM, AgentModelCalled.class, IN_SWARM))
            .withAlone(swarm -> swarm.withCalls(null));

    private final ViewReader<SwarmState> swarms;

    public SwarmQueries(Reading views) {
        this.swarms = new ViewReader<>(views, TABLE);
    }

    @Override
    public ReadModel<SwarmState> model() {
        return MODEL;
    }

    @Override
    public Projection.Changes updates(QueryUpdateEmitter emitter) {
        return new Updates<SwarmView>(emitter, this::get)
                .to(GetSwarm.class, (query, view) -> query.id()
                        .equals(view.swarm().id()))
                .to(FindSwarms.class, FindSwarms::matches);
    }

    @QueryHandler
    Page<SwarmView> handle(FindSwarms query) {
        swarms.requireKnown("status", query.status(), SwarmState.STATUSES);
        Page<SwarmState> page = swarms.page(
                swarms.live().is("status", query.status()).is("swarmId", query.swarmId()),
                ViewReader.byId(SwarmState::id),
                query.limit(),
                query.cursor());
        Map<String, Long> seen =
                seenAgents(page.items().stream().map(SwarmState::id).toList());
        return page.map(swarm -> new SwarmView(swarm, seen.getOrDefault(swarm.id(), 0L)));
    }

    @QueryHandler
    Optional<SwarmView> handle(GetSwarm query) {
        return get(query.id());
    }

    private Optional<SwarmView> get(String id) {
        return swarms.byId(id)
                .map(swarm -> new SwarmView(swarm, seenAgents(List.of(id)).getOrDefault(id, 0L)));
    }

    /** How many agents are in each of these swarms, by the view of the agents; of those without any nothing is said. */
    private Map<String, Long> seenAgents(List<String> ids) {
        Map<String, Long> seen = new HashMap<>();
        return swarms.read(jdbc -> {
            jdbc.sql("SELECT swarmId, count(*) FROM agent_state WHERE generation = (SELECT live FROM Projection"
                            + " WHERE name = '" + ProjectionNames.AGENT_STATE + "') AND stoppedAt IS NULL"
                            + " AND swarmId IN (SELECT value FROM json_each(:ids)) GROUP BY swarmId")
                    .param("ids", Json.mapper().writeValueAsString(ids))
                    .query(row -> {
                        seen.put(row.getString(1), row.getLong(2));
                    });
            return seen;
        });
    }
}
