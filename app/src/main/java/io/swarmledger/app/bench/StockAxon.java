package io.swarmledger.app.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.swarmledger.app.command.TimeOfArrival;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.log.sqlite.SqliteErrors;
import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerSerializer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The same aggregates on Axon as it comes: its JDBC engine, its simple command bus and its repositories, a transaction a
 * command. It is given what it needs to work on SQLite at all, and no more: transactions that take the write lock when
 * they begin, a resolver that knows SQLite's conflicts, and an insert that fills the columns that our schema has beside
 * Axon's, since it is to write into the same schema with the same indexes.
 */
final class StockAxon implements AutoCloseable {

    /** More would only wait for each other's write lock, which SQLite gives to whoever happens to look when it is free. */
    private static final int CONNECTIONS = 1;

    private final HikariDataSource connections;
    private final EmbeddedEventStore store;
    private final CommandGateway gateway;

    private StockAxon(HikariDataSource connections) {
        this.connections = connections;
        TransactionManager transactions = new SpringTransactionManager(new DataSourceTransactionManager(connections));
        Serializer serializer = LedgerSerializer.of(AggregateTypes.ofLedger().storedTypes());
        JdbcEventStorageEngine.Builder engine = JdbcEventStorageEngine.builder()
                .connectionProvider(new UnitOfWorkAwareConnectionProviderWrapper(
                        new SpringDataSourceConnectionProvider(connections)))
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .dataType(String.class)
                .extendedGapCheckEnabled(false)
                .appendEvents((connection, schema, dataType, events, used, times) ->
                        insert(connection, schema, events, used));
        engine.persistenceExceptionResolver(new SqliteErrors());
        store = EmbeddedEventStore.builder().storageEngine(engine.build()).build();
        SimpleCommandBus bus =
                SimpleCommandBus.builder().transactionManager(transactions).build();
        bus.registerDispatchInterceptor(new TimeOfArrival(Clock.systemUTC()));
        for (AggregateType type : AggregateTypes.ofLedger().all()) {
            subscribe(type.root(), store, bus);
        }
        gateway = DefaultCommandGateway.builder().commandBus(bus).build();
    }

    /** An empty one in a new file. */
    static StockAxon in(Path file) {
        LogFile.migrate(file, SqliteConnections.durable(file), "classpath:io/swarmledger/app/log/sqlite");
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(immediate(file));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(60_000);
        return new StockAxon(new HikariDataSource(pool));
    }

    /** As durable as ours, and as much cache; a deferred transaction would fail when two have read and want to write. */
    private static DataSource immediate(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(60_000);
        config.setCacheSize(-16_384);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "268435456");
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + file);
        return dataSource;
    }

    private static <A> void subscribe(Class<A> type, EventStore store, SimpleCommandBus bus) {
        AggregateAnnotationCommandHandler.<A>builder()
                .aggregateType(type)
                .repository(
                        EventSourcingRepository.builder(type).eventStore(store).build())
                .build()
                .subscribe(bus);
    }

    /** As long as a link of the chain, which Axon does not make: its rows shall not be shorter than ours. */
    private static final byte[] NO_LINK = new byte[32];

    private static PreparedStatement insert(
            Connection connection, EventSchema schema, List<? extends EventMessage<?>> events, Serializer serializer)
            throws SQLException {
        PreparedStatement insert = connection.prepareStatement("INSERT INTO " + schema.domainEventTable() + " ("
                + schema.domainEventFields() + ", source, causationId, correlationId, swarmId, recordedAt, chain)"
                + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        for (EventMessage<?> message : events) {
            DomainEventMessage<?> event = (DomainEventMessage<?>) message;
            SerializedObject<String> payload = event.serializePayload(serializer, String.class);
            Envelope envelope = Envelope.of(event.getMetaData());
            insert.setString(1, event.getIdentifier());
            insert.setString(2, event.getAggregateIdentifier());
            insert.setLong(3, event.getSequenceNumber());
            insert.setString(4, event.getType());
            insert.setString(5, event.getTimestamp().toString());
            insert.setString(6, payload.getType().getName());
            insert.setString(7, payload.getType().getRevision());
            insert.setString(8, payload.getData());
            insert.setString(
                    9, event.serializeMetaData(serializer, String.class).getData());
            insert.setString(10, envelope.source());
            insert.setString(11, envelope.causationId());
            insert.setString(12, envelope.correlationId());
            insert.setString(13, Envelope.swarmIdOf(envelope.metadata()));
            insert.setLong(14, event.getTimestamp().toEpochMilli());
            insert.setBytes(15, NO_LINK);
            insert.addBatch();
        }
        return insert;
    }

    CommandGateway commands() {
        return gateway;
    }

    @Override
    public void close() {
        store.shutDown();
        connections.close();
    }
}
