package io.swarmledger.query.swarm;

import io.swarmledger.events.swarm.SwarmEvent;
import io.swarmledger.query.Page;
import io.swarmledger.query.view.Projection;
import io.swarmledger.query.view.ProjectionNames;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.Updates;
import io.swarmledger.query.view.ViewReader;
import io.swarmledger.query.view.ViewTable;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Answers every question about swarms, and keeps the view that it answers from. */
public final class SwarmQueries {

    private static final ViewTable<SwarmState> TABLE = ViewTable.of(ProjectionNames.SWARM_OVERVIEW, SwarmState.class)
            .column("swarmId", SwarmState::swarmId)
            .column("status", SwarmState::status)
            .list("milestones", SwarmState::milestones);

    /** What is known of swarms, and how it comes from their events. */
    public static final ReadModel<SwarmState> MODEL = new ReadModel<>(
            "swarm",
            "swarm:initialized",
            SwarmEvent.class,
            new SwarmFold(),
            TABLE,
            SwarmState::swarmId,
            SwarmState::status,
            SwarmState.STATUSES,
            List.of());

    private final ViewReader<SwarmState> swarms;

    public SwarmQueries(Reading views) {
        this.swarms = new ViewReader<>(views, TABLE);
    }

    /** The projection that keeps the view. */
    public Projection<SwarmState> projection(DataSource views, QueryUpdateEmitter emitter) {
        Updates<SwarmState> updates = new Updates<>(emitter, swarms::byId)
                .to(GetSwarm.class, (query, swarm) -> query.id().equals(swarm.id()))
                .to(FindSwarms.class, FindSwarms::matches);
        return Projection.live(MODEL, views, updates);
    }

    @QueryHandler
    Page<SwarmState> handle(FindSwarms query) {
        swarms.requireKnown("status", query.status(), SwarmState.STATUSES);
        return swarms.page(
                swarms.live().is("status", query.status()).is("swarmId", query.swarmId()),
                ViewReader.byId(SwarmState::id),
                query.limit(),
                query.cursor());
    }

    @QueryHandler
    Optional<SwarmState> handle(GetSwarm query) {
        return swarms.byId(query.id());
    }
}
