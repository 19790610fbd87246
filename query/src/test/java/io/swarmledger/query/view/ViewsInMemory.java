package io.swarmledger.query.view;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.memory.MemoryQueries;
import io.swarmledger.query.swarm.SwarmQueries;
import io.swarmledger.query.task.TaskQueries;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.SimpleQueryUpdateEmitter;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The four read models over a file of their own: events in, answers out, nothing around them. */
public final class ViewsInMemory {

    /** When health is asked for. */
    public static final Instant NOW = Instant.parse("2026-01-04T09:00:00Z");

    private final StatementCounter writer;
    private final DataSourceTransactionManager transactions;
    private final Generations generations;
    private final Map<String, Projection<?>> projections = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final QueryGateway queries;
    private final SQLiteDataSource file;
    private double time = 1_767_517_200_000d;
    private long position;

    private ViewsInMemory(Path directory) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        config.setBusyTimeout(5_000);
        file = new SQLiteDataSource(config);
        file.setUrl("jdbc:sqlite:" + directory.resolve("views.db"));
        Flyway.configure()
                .dataSource(file)
                .locations("classpath:io/swarmledger/query")
                .load()
                .migrate();
        writer = new StatementCounter(file);
        transactions = new DataSourceTransactionManager(writer);
        generations = new Generations(writer);
        generations.initialize(ReadModels.ofLedger().projections());

        Reading views = new Reading(file);
        SimpleQueryUpdateEmitter emitter = SimpleQueryUpdateEmitter.builder().build();
        SimpleQueryBus bus =
                SimpleQueryBus.builder().queryUpdateEmitter(emitter).build();
        AgentHealth health = new AgentHealth(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(10));
        AgentQueries agents = new AgentQueries(views, health);
        TaskQueries tasks = new TaskQueries(views, health);
        MemoryQueries memories = new MemoryQueries(views);
        SwarmQueries swarms = new SwarmQueries(views);
        for (Object handler : List.of(agents, tasks, memories, swarms)) {
            new AnnotationQueryHandlerAdapter<>(handler).subscribe(bus);
        }
        for (Projection<?> projection : List.of(
                agents.projection(writer, emitter),
                tasks.projection(writer, emitter),
                memories.projection(writer, emitter),
                swarms.projection(writer, emitter))) {
            projections.put(projection.name(), projection);
        }
        queries = DefaultQueryGateway.builder().queryBus(bus).build();
    }

    /** Read models in a new file in that directory. */
    public static ViewsInMemory in(Path directory) {
        return new ViewsInMemory(directory);
    }

    /** The next event happens a millisecond after that, epoch milliseconds. */
    public ViewsInMemory at(double epochMillis) {
        time = epochMillis;
        return this;
    }

    /** The events of one stream, one batch, a millisecond apart. */
    public ViewsInMemory told(String id, LedgerEvent... events) {
        return batch(Arrays.stream(events).map(event -> message(id, event)).toList());
    }

    /** The same, in a swarm of that name. */
    public ViewsInMemory toldIn(String swarmId, String id, LedgerEvent... events) {
        return batch(Arrays.stream(events)
                .map(event -> message(id, event).andMetaData(Map.of("swarmId", swarmId)))
                .toList());
    }

    /** The next event of that stream. */
    public GenericDomainEventMessage<?> message(String id, LedgerEvent event) {
        long version = versions.merge(id, 0L, (before, none) -> before + 1);
        String type = EventTypes.nameOf(event);
        time += 1;
        return new GenericDomainEventMessage<>(
                type.substring(0, type.indexOf(':')),
                id,
                version,
                event,
                MetaData.emptyInstance(),
                id + "#" + version,
                Instant.ofEpochMilli((long) time));
    }

    /** Hands a batch to all four projections, to each in a transaction of its own. */
    public ViewsInMemory batch(List<? extends EventMessage<?>> messages) {
        position += messages.size();
        projections.values().forEach(projection -> batch(projection, messages, position));
        return this;
    }

    /** Hands a batch to one projection; after it its token stands at {@code newPosition}. */
    public void batch(Projection<?> projection, List<? extends EventMessage<?>> messages, long newPosition) {
        AnnotationEventHandlerAdapter handler = new AnnotationEventHandlerAdapter(projection);
        BatchingUnitOfWork<EventMessage<?>> unitOfWork = new BatchingUnitOfWork<>(new ArrayList<>(messages));
        unitOfWork.attachTransaction(this::transaction);
        unitOfWork.onPrepareCommit(committing -> generations.advance(projection.name(), newPosition));
        ResultMessage<?> result = unitOfWork.executeWithResult(
                () -> handler.handle(unitOfWork.getMessage()), RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional()) {
            Throwable failure = result.exceptionResult();
            throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
        }
    }

    private Transaction transaction() {
        TransactionStatus status = transactions.getTransaction(null);
        return new Transaction() {
            @Override
            public void commit() {
                transactions.commit(status);
            }

            @Override
            public void rollback() {
                transactions.rollback(status);
            }
        };
    }

    /** The answer, {@code null} if there is none. */
    public <R> R ask(LedgerQuery query, Class<R> answer) {
        try {
            return queries.query(query, answer).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    public <T> Page<T> page(LedgerQuery query, Class<T> item) {
        try {
            return queries.query(query, PageOf.items(item)).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    public QueryGateway queries() {
        return queries;
    }

    Projection<?> projection(String name) {
        return projections.get(name);
    }

    Generations generations() {
        return generations;
    }

    StatementCounter statements() {
        return writer;
    }

    /** The file itself. */
    public JdbcClient rows() {
        return JdbcClient.create(file);
    }
}
