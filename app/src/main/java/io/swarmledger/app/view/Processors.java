package io.swarmledger.app.view;

import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.Projection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;

/**
 * Makes the streaming processors that fill the views, the live ones and those of a rebuild alike: one segment, rows and
 * token in one transaction, a failing fold becomes a dead letter with the rest of its aggregate behind it.
 */
public final class Processors implements AutoCloseable {

    /** Measured on a log of a million events: larger is not faster. */
    private static final int BATCH = 500;

    private static final int DEAD_LETTERS = 1_000_000;

    private final TransactionManager transactions;
    private final ConnectionProvider connections;
    private final TokenStore tokens;
    private final Serializer serializer;
    private final ScheduledExecutorService coordinators =
            Executors.newScheduledThreadPool(2, new AxonThreadFactory("swarm-ledger-coordinators"));
    private final ScheduledExecutorService workers =
            Executors.newScheduledThreadPool(4, new AxonThreadFactory("swarm-ledger-processors"));

    public Processors(ViewsFile views, Generations generations, Serializer serializer) {
        this.transactions = new SpringTransactionManager(views.transactions());
        this.connections = new SpringDataSourceConnectionProvider(views.writer());
        this.serializer = serializer;
        this.tokens = new SqliteTokenStore(
                SqliteTokenStore.builder()
                        .connectionProvider(connections)
                        .serializer(serializer)
                        .nodeId("ledger"),
                generations::advance);
    }

    public TokenStore tokens() {
        return tokens;
    }

    public TransactionManager transactions() {
        return transactions;
    }

    /** The dead letters of a processor. */
    public SequencedDeadLetterQueue<EventMessage<?>> deadLetters(String processor) {
        return JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
                .processingGroup(processor)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .schema(DeadLetterSchema.defaultSchema())
                .statementFactory(new DeadLetterStatements(serializer))
                .genericSerializer(serializer)
                .eventSerializer(serializer)
                .maxSequences(DEAD_LETTERS)
                .maxSequenceSize(DEAD_LETTERS)
                .build();
    }

    /** What hands a processor's events to its projection. */
    public DeadLetteringEventHandlerInvoker invoker(String processor, Projection<?> projection) {
        return DeadLetteringEventHandlerInvoker.builder()
                .eventHandlers(projection)
                .sequencingPolicy(SequentialPerAggregatePolicy.instance())
                .queue(deadLetters(processor))
                .transactionManager(transactions)
                .allowReset(true)
                .enableSequenceIdentifierCache()
                .build();
    }

    /** A processor of that name, not yet started. It begins with the log's first event. */
    public PooledStreamingEventProcessor processor(
            String name, EventHandlerInvoker invoker, StreamableMessageSource<TrackedEventMessage<?>> log) {
        return PooledStreamingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(invoker)
                .messageSource(log)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .initialSegmentCount(1)
                .initialToken(StreamableMessageSource::createTailToken)
                .batchSize(BATCH)
                .coordinatorExecutor(coordinators)
                .workerExecutor(workers)
                .build();
    }

    /** To be closed after the processors have been shut down. */
    @Override
    public void close() {
        coordinators.shutdown();
        workers.shutdown();
    }
}
