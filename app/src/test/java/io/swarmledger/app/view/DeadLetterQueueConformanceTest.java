package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.query.ReadModels;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcDeadLetter;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueueTest;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Axon's own suite for dead-letter queues, on SQLite and with the ledger's serializer. */
class DeadLetterQueueConformanceTest extends SequencedDeadLetterQueueTest<EventMessage<?>> {

    private static final int AT_MOST = 64;

    @TempDir
    Path directory;

    private LogFile log;

    @Override
    protected SequencedDeadLetterQueue<EventMessage<?>> buildTestSubject() {
        log = LogFile.open(directory.resolve("events.db"), Clock.systemUTC());
        ViewsFile.open(directory.resolve("views.db"), log, ReadModels.ofLedger())
                .close();
        // Outside a transaction, where only this suite uses it, the queue holds one connection and asks for another.
        DataSource connections = SqliteConnections.rebuildable(directory.resolve("views.db"));
        return new DeadLetters(
                        new UnitOfWorkAwareConnectionProviderWrapper(
                                new SpringDataSourceConnectionProvider(connections)),
                        new SpringTransactionManager(new DataSourceTransactionManager(connections)),
                        LedgerSerializer.of(StoredTypes.events()))
                .of("some-group", AT_MOST);
    }

    @AfterEach
    void close() {
        GenericDeadLetter.clock = Clock.systemUTC();
        log.close();
    }

    @Override
    protected long maxSequences() {
        return AT_MOST;
    }

    @Override
    protected long maxSequenceSize() {
        return AT_MOST;
    }

    private static EventMessage<?> event() {
        String id = UUID.randomUUID().toString();
        return new GenericDomainEventMessage<>("agent", id, 0, new AgentFailed(id, "boom", null, 1.5));
    }

    @Override
    protected DeadLetter<EventMessage<?>> generateInitialLetter() {
        return new GenericDeadLetter<>("sequence", event(), generateThrowable());
    }

    @Override
    protected DeadLetter<EventMessage<?>> generateFollowUpLetter() {
        return new GenericDeadLetter<>("sequence", event());
    }

    @Override
    protected DeadLetter<EventMessage<?>> mapToQueueImplementation(DeadLetter<EventMessage<?>> letter) {
        return letter instanceof JdbcDeadLetter<?>
                ? letter
                : new JdbcDeadLetter<>(
                        UUID.randomUUID().toString(),
                        0L,
                        letter instanceof GenericDeadLetter<?> generic
                                ? generic.getSequenceIdentifier().toString()
                                : "sequence",
                        letter.enqueuedAt(),
                        letter.lastTouched(),
                        letter.cause().orElse(null),
                        letter.diagnostics(),
                        letter.message());
    }

    @Override
    protected void setClock(Clock clock) {
        GenericDeadLetter.clock = clock;
    }

    /** Times are stored in milliseconds. */
    @Override
    protected void assertLetter(
            DeadLetter<? extends EventMessage<?>> expected, DeadLetter<? extends EventMessage<?>> actual) {
        assertThat(actual.message().getIdentifier())
                .isEqualTo(expected.message().getIdentifier());
        assertThat(actual.message().getPayload()).isEqualTo(expected.message().getPayload());
        assertThat(actual.message().getMetaData()).isEqualTo(expected.message().getMetaData());
        assertThat(actual.cause()).isEqualTo(expected.cause());
        assertThat(millis(actual.enqueuedAt())).isEqualTo(millis(expected.enqueuedAt()));
        assertThat(millis(actual.lastTouched())).isEqualTo(millis(expected.lastTouched()));
        assertThat(actual.diagnostics()).isEqualTo(MetaData.from(expected.diagnostics()));
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
