package io.swarmledger.app.wiring;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.SqliteConnections;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.events.upcast.Upcasters;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogQueries;
import io.swarmledger.query.memory.MemoryQueries;
import io.swarmledger.query.swarm.SwarmQueries;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.trace.TraceQueries;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ProjectionNames;
import io.swarmledger.query.view.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;

/**
 * The query side of a ledger alone, beside whoever holds it: nothing is written, locked or started. It answers through a
 * query gateway like any other; its views are as far as their holder has taken them.
 */
public final class ReadOnlyLedger {

    private final QueryGateway queries;
    private final Positions positions;
    private final boolean hasViews;

    private ReadOnlyLedger(QueryGateway queries, Positions positions, boolean hasViews) {
        this.queries = queries;
        this.positions = positions;
        this.hasViews = hasViews;
    }

    /**
     * The ledger in that directory.
     *
     * @param patience how long a query waits for the position that it asks for
     * @throws LedgerUnavailable if there is none
     */
    public static ReadOnlyLedger of(Path directory, Clock clock, LedgerProperties properties, Duration patience) {
        LedgerFiles files = new LedgerFiles(directory);
        boolean hasViews = Files.isRegularFile(files.views());
        DataSource log = SqliteConnections.reading(files.existingLog());
        DataSource views = SqliteConnections.reading(files.views());
        Positions positions = new Positions(views, log, patience);
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        bus.registerHandlerInterceptor(positions);
        for (Object handler : handlers(new Reading(views), new Reading(log), clock, properties)) {
            new AnnotationQueryHandlerAdapter<>(handler).subscribe(bus);
        }
        return new ReadOnlyLedger(DefaultQueryGateway.builder().queryBus(bus).build(), positions, hasViews);
    }

    private static List<Object> handlers(Reading views, Reading log, Clock clock, LedgerProperties properties) {
        LedgerSerializer serializer = LedgerSerializer.of(AggregateTypes.register(StoredTypes.events()));
        return List.of(
                new AgentQueries(views, new AgentHealth(clock, properties.silentAfter())),
                new TaskQueries(views),
                new MemoryQueries(views),
                new SwarmQueries(views),
                new LogQueries(log, new EventReader(serializer, Upcasters.chain())),
                new TraceQueries(log));
    }

    public QueryGateway queries() {
        return queries;
    }

    /** Whether what answers that query has seen the whole log, or does so within {@code patience}. */
    public boolean isCaughtUp(LedgerQuery query, Duration patience) {
        String name = query.answeredFrom();
        if (!ProjectionNames.ALL.contains(name)) {
            return true;
        }
        return hasViews && positions.mayReach(name, positions.of(LedgerQuery.LOG), patience);
    }
}
