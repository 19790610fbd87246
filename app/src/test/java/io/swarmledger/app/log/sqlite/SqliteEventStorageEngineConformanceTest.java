package io.swarmledger.app.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.eventsourcing.utils.EventStoreTestUtils.AGGREGATE;
import static org.axonframework.eventsourcing.utils.EventStoreTestUtils.createEvent;
import static org.axonframework.eventsourcing.utils.EventStoreTestUtils.createEvents;

import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngineTest;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Axon's own suites for storage engines, against ours, and what of its JDBC suite is not about another database: the
 * private tests of {@code JdbcEventStorageEngineTest} that are about gaps, batches and sequence numbers are said again
 * below, since that class is bound to HSQLDB.
 */
class SqliteEventStorageEngineConformanceTest
        extends BatchingEventStorageEngineTest<SqliteEventStorageEngine, JdbcEventStorageEngine.Builder> {

    @TempDir
    Path directory;

    private LogFile log;
    private SqliteEventStorageEngine engine;

    @BeforeEach
    void openLog() {
        log = LogFile.open(directory.resolve("events.db"), Clock.systemUTC());
        engine = createEngine();
        setTestSubject(engine);
    }

    @AfterEach
    void closeLog() {
        GenericEventMessage.clock = Clock.systemUTC();
        log.close();
    }

    @Override
    protected SqliteEventStorageEngine createEngine(UnaryOperator<JdbcEventStorageEngine.Builder> customization) {
        ConnectionProvider readers = log.readers()::getConnection;
        LedgerSerializer serializer = LedgerSerializer.of(StoredTypes.events().and(String.class, "test:text", null));
        JdbcEventStorageEngine.Builder builder = JdbcEventStorageEngine.builder()
                .connectionProvider(readers)
                .transactionManager(NoTransactionManager.INSTANCE)
                .snapshotSerializer(serializer)
                .eventSerializer(serializer)
                .upcasterChain(NoOpEventUpcaster.INSTANCE)
                .batchSize(100);
        builder.persistenceExceptionResolver(new SqliteErrors());
        return new SqliteEventStorageEngine(
                customization.apply(builder), new SqliteEventLog(log.readers()), log.writer(), 1 << 20);
    }

    /** As Axon's suite has it, but that a message of the ledger's also tells the swarm that its event is in. */
    @Test
    @Override
    public void storeAndLoadApplicationEvent() {
        engine.appendEvents(new GenericEventMessage<>("application event", MetaData.with("key", "value")));

        TrackedEventMessage<?> read =
                engine.readEvents(null, false).collect(Collectors.toList()).get(0);
        assertThat(read.getPayload()).isEqualTo("application event");
        assertThat(read.getMetaData()).isEqualTo(MetaData.with("key", "value").and(Envelope.SWARM, "swarm"));
    }

    @Test
    void anAggregateLargerThanABatchIsReadWhole() {
        engine.appendEvents(createEvents(345));

        assertThat(engine.readEvents(AGGREGATE).asStream().map(DomainEventMessage::getSequenceNumber))
                .containsExactlyElementsOf(
                        IntStream.range(0, 345).mapToObj(Long::valueOf).collect(Collectors.toList()));
    }

    @Test
    void anAggregateWithMissingVersionsIsReadToItsEnd() {
        engine.appendEvents(createEvent(0), createEvent(1), createEvent(5), createEvent(500));

        assertThat(engine.readEvents(AGGREGATE).asStream().map(DomainEventMessage::getSequenceNumber))
                .containsExactly(0L, 1L, 5L, 500L);
    }

    @Test
    void theLastSequenceNumberIsThatOfTheLastEvent() {
        assertThat(engine.lastSequenceNumberFor(AGGREGATE)).isEmpty();

        engine.appendEvents(createEvents(7));

        assertThat(engine.lastSequenceNumberFor(AGGREGATE)).contains(6L);
        assertThat(engine.lastSequenceNumberFor("another")).isEmpty();
    }

    @Test
    void theSameSnapshotStoredTwiceIsOneSnapshot() {
        engine.appendEvents(createEvent(0), createEvent(1));

        engine.storeSnapshot(createEvent(1));
        engine.storeSnapshot(createEvent(1));

        assertThat(engine.readSnapshot(AGGREGATE)).isPresent();
    }

    @Test
    void aGapInThePositionsIsCrossedHoweverLongItIs() throws Exception {
        engine.appendEvents(createEvent("before", 0));
        log.writer().transact((connection, next) -> {
            try (var skip = connection.createStatement()) {
                skip.executeUpdate("UPDATE sqlite_sequence SET seq = seq + 1000 WHERE name = 'DomainEventEntry'");
            }
            return null;
        });
        log.close();
        // To the ledger, positions that were given once and are not there are a loss.
        log = LogFile.open(directory.resolve("events.db"), Clock.systemUTC(), Duration.ofHours(1), true);
        engine = createEngine(builder -> {
            builder.batchSize(10);
            return builder;
        });
        engine.appendEvents(createEvent("after", 0));

        List<TrackingToken> tokens = engine.readEvents(null, false)
                .map(TrackedEventMessage::trackingToken)
                .collect(Collectors.toList());

        assertThat(tokens).extracting(token -> token.position().orElseThrow()).containsExactly(1L, 1002L);
    }

    @Test
    void theStreamEndsWithTheLastEventAndGoesOnWithTheNext() {
        engine.appendEvents(createEvents(3));
        TrackingToken head = engine.createHeadToken();

        assertThat(engine.readEvents(head, false)).isEmpty();
        engine.appendEvents(createEvent(3));

        assertThat(engine.readEvents(head, false)
                        .map(event -> event.trackingToken().position().orElseThrow()))
                .containsExactly(4L);
    }
}
