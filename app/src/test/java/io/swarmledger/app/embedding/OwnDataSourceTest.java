package io.swarmledger.app.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.replay.ReplayContext;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.GenericTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.spring.stereotype.Saga;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A coordinator has a database of its own beside the ledger, and it is Axon's and Spring's as it would be without one. */
@Timeout(60)
class OwnDataSourceTest {

    @TempDir
    Path directory;

    /** An embedded database, without a word about where it is. */
    private static final String OF_ITS_OWN = "spring.datasource.generate-unique-name=true";

    private static final String OF_ONE = "spring.datasource.hikari.maximum-pool-size=1";

    /** What Axon's reference guide has somebody make: the tables. */
    static class Tables {

        @Bean
        InitializingBean tables(
                JdbcTemplate database, ConnectionProvider connections, Serializer serializer, TransactionManager tx) {
            return () -> {
                database.execute(
                        "CREATE TABLE Seen (agent VARCHAR(100) PRIMARY KEY, replay BOOLEAN, reason VARCHAR(100))");
                tx.executeInTransaction(() -> {
                    JdbcTokenStore.builder()
                            .connectionProvider(connections)
                            .serializer(serializer)
                            .build()
                            .createSchema(GenericTokenTableFactory.INSTANCE);
                });
                database.execute("CREATE TABLE SagaEntry (sagaId VARCHAR(255) PRIMARY KEY, revision VARCHAR(255),"
                        + " sagaType VARCHAR(255), serializedSaga BLOB)");
                database.execute("CREATE TABLE AssociationValueEntry (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                        + " associationKey VARCHAR(255), associationValue VARCHAR(255), sagaId VARCHAR(255),"
                        + " sagaType VARCHAR(255))");
            };
        }
    }

    record Reason(String why) {}

    @ProcessingGroup("seen")
    static class Seen {

        private final JdbcTemplate database;
        private volatile boolean fails;

        Seen(JdbcTemplate database) {
            this.database = database;
        }

        @EventHandler
        void on(AgentSpawned event, ReplayStatus status, @ReplayContext Reason reason) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            database.update(
                    "INSERT INTO Seen VALUES (?, ?, ?)",
                    event.agentId(),
                    status.isReplay(),
                    reason == null ? null : reason.why());
            if (fails && event.agentId().equals("fails")) {
                throw new IllegalStateException("after its row was written");
            }
        }

        @ResetHandler
        void reset() {
            database.update("DELETE FROM Seen");
        }

        @Bean
        static ConfigurerModule failuresAreTold() {
            return configurer -> configurer
                    .eventProcessing()
                    .registerListenerInvocationErrorHandler("seen", c -> PropagatingErrorHandler.instance());
        }
    }

    private static List<String> seen(Coordinator coordinator) {
        return coordinator.bean(JdbcTemplate.class).queryForList("SELECT agent FROM Seen", String.class);
    }

    private Coordinator start(List<Class<?>> beans, String... properties) {
        String[] all = new String[properties.length + 1];
        System.arraycopy(properties, 0, all, 0, properties.length);
        all[properties.length] = OF_ITS_OWN;
        return Coordinator.in(directory, beans, all);
    }

    @Test
    void anEmbeddedDatabaseWithoutAUrlIsThereAndItsTransactionsAreAxonsToo() {
        try (Coordinator coordinator = start(List.of(Coordinator.WithDataSource.class, Tables.class))) {
            assertThat(coordinator.has(DataSource.class)).isTrue();
            assertThat(coordinator.has(PlatformTransactionManager.class)).isTrue();
            assertThat(coordinator.bean(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
            assertThat(coordinator.bean(TokenStore.class)).isInstanceOf(JdbcTokenStore.class);
            assertThat(directory.resolve("processors.db")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracking", "pooled"})
    void rowsAndTokenOfAStreamingHandlerAreOneTransaction(String mode) {
        try (Coordinator coordinator = start(
                List.of(Coordinator.WithDataSource.class, Tables.class, Seen.class),
                "axon.eventhandling.processors.seen.mode=" + mode,
                "axon.eventhandling.processors.seen.batch-size=1",
                "axon.eventhandling.processors.seen.initial-segment-count=1")) {
            coordinator.send(new SpawnAgent("agent-1", "coder"));
            Awaitility.await().until(() -> seen(coordinator).equals(List.of("agent-1")));

            coordinator.bean(Seen.class).fails = true;
            coordinator.send(new SpawnAgent("fails", "coder"));
            Awaitility.await().until(() -> isFailing(coordinator));
            assertThat(seen(coordinator)).containsExactly("agent-1");

            coordinator.bean(Seen.class).fails = false;
            Awaitility.await().until(() -> seen(coordinator).contains("fails"));
            assertThat(tokens(coordinator)).isPositive();
            assertThat(directory.resolve("processors.db")).doesNotExist();
        }
    }

    private static boolean isFailing(Coordinator coordinator) {
        StreamingEventProcessor processor = coordinator.processor("seen");
        return processor.isError()
                || processor.processingStatus().isEmpty()
                || processor.processingStatus().values().stream().anyMatch(segment -> segment.isErrorState());
    }

    private static int tokens(Coordinator coordinator) {
        return coordinator
                .bean(JdbcTemplate.class)
                .queryForObject("SELECT count(*) FROM TokenEntry WHERE processorName = 'seen'", Integer.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracking", "pooled"})
    void aResetWithAClassOfOnesOwnIsOneTransactionToo(String mode) {
        try (Coordinator coordinator = start(
                List.of(Coordinator.WithDataSource.class, Tables.class, Seen.class),
                "axon.eventhandling.processors.seen.mode=" + mode)) {
            coordinator.send(new SpawnAgent("agent-1", "coder"));
            coordinator.send(new SpawnAgent("agent-2", "coder"));
            Awaitility.await().until(() -> seen(coordinator).size() == 2);

            StreamingEventProcessor processor = coordinator.processor("seen");
            for (String why : List.of("first", "second")) {
                processor.shutDown();
                processor.resetTokens(new Reason(why));
                processor.start();
                Awaitility.await().until(() -> seen(coordinator).size() == 2);
                assertThat(coordinator
                                .bean(JdbcTemplate.class)
                                .queryForList("SELECT reason FROM Seen WHERE replay", String.class))
                        .containsExactly(why, why);
            }
        }
    }

    @ProcessingGroup("written")
    static class Written {

        private final JdbcTemplate database;

        Written(JdbcTemplate database) {
            this.database = database;
        }

        @EventHandler
        void on(AgentSpawned event) {
            database.update("INSERT INTO Seen VALUES (?, FALSE, 'written')", event.agentId());
            if (event.agentId().equals("fails")) {
                throw new IllegalStateException("after its row was written");
            }
        }

        @Bean
        static ConfigurerModule failuresOfWrittenAreTold() {
            return configurer -> configurer
                    .eventProcessing()
                    .registerListenerInvocationErrorHandler("written", c -> PropagatingErrorHandler.instance());
        }
    }

    @Test
    void aSubscribingHandlersRowIsGoneWhereItFails() {
        try (Coordinator coordinator = start(
                List.of(Coordinator.WithDataSource.class, Tables.class, Written.class),
                "axon.eventhandling.processors.written.mode=subscribing",
                OF_ONE)) {
            coordinator.send(new SpawnAgent("agent-1", "coder"));
            assertThat(seen(coordinator)).containsExactly("agent-1");

            assertThatThrownBy(() -> coordinator.send(new SpawnAgent("fails", "coder")))
                    .hasMessageContaining("after its row was written");
            assertThat(seen(coordinator)).containsExactly("agent-1");
        }
    }

    record Hire(String agent, boolean fails) {}

    record CountSeen() {}

    /** Commands and queries of the coordinator's own, and a service with Spring's own transactions. */
    static class Hiring {

        private final JdbcTemplate database;
        private final CommandGateway commands;
        private final QueryGateway queries;

        Hiring(JdbcTemplate database, CommandGateway commands, QueryGateway queries) {
            this.database = database;
            this.commands = commands;
            this.queries = queries;
        }

        @CommandHandler
        Appended hire(Hire hire) throws Exception {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            database.update("INSERT INTO Seen VALUES (?, FALSE, 'hired')", hire.agent());
            Appended spawned = commands.sendAndWait(new SpawnAgent(hire.agent(), "hired"));
            AgentView agent = queries.query(
                            AtLeast.position(spawned.position(), new GetAgent(hire.agent())), AgentView.class)
                    .get(10, TimeUnit.SECONDS);
            if (hire.fails()) {
                throw new IllegalStateException(agent.agent().id() + " is not hired");
            }
            return spawned;
        }

        @QueryHandler
        Integer count(CountSeen query) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            return database.queryForObject("SELECT count(*) FROM Seen", Integer.class);
        }
    }

    public static class Desk {

        private final JdbcTemplate database;
        private final CommandGateway commands;

        public Desk(JdbcTemplate database, CommandGateway commands) {
            this.database = database;
            this.commands = commands;
        }

        @Transactional
        public void failsAfter(String agent) {
            database.update("INSERT INTO Seen VALUES (?, FALSE, 'desk')", agent);
            commands.sendAndWait(new SpawnAgent(agent, "coder"));
            throw new IllegalStateException("the desk is closed");
        }
    }

    @Test
    void commandsQueriesAndServicesOfOnesOwnHaveTransactionsWithOneConnectionToo() {
        try (Coordinator coordinator =
                start(List.of(Coordinator.WithDataSource.class, Tables.class, Hiring.class, Desk.class), OF_ONE)) {
            CommandGateway commands = coordinator.bean(CommandGateway.class);

            Appended hired = commands.sendAndWait(new Hire("agent-1", false));
            assertThat(hired.version()).isEqualTo(1);
            assertThatThrownBy(() -> commands.sendAndWait(new Hire("agent-2", true)))
                    .hasMessageContaining("agent-2 is not hired");
            assertThatThrownBy(() -> coordinator.bean(Desk.class).failsAfter("agent-3"))
                    .hasMessageContaining("the desk is closed");

            assertThat(seen(coordinator)).containsExactly("agent-1");
            assertThat(coordinator
                            .bean(QueryGateway.class)
                            .query(new CountSeen(), Integer.class)
                            .join())
                    .isEqualTo(1);
            assertThat(coordinator.send(new StartAgent("agent-2")).version())
                    .as("the ledger's event is on disk, whatever became of the transaction around it")
                    .isEqualTo(2);
        }
    }

    @Saga
    @ProcessingGroup("onboarding")
    public static class Onboarding {

        static final List<String> FINISHED = new CopyOnWriteArrayList<>();

        private String role;

        @Autowired
        transient CommandGateway commands;

        @StartSaga
        @SagaEventHandler(associationProperty = "agentId")
        public void on(AgentSpawned event) {
            role = event.role();
            commands.send(new StartAgent(event.agentId()));
        }

        @SagaEventHandler(associationProperty = "agentId")
        public void on(AgentStarted event) {
            FINISHED.add(event.agentId() + " " + role);
        }
    }

    @Test
    void aSagaIsKeptInTheDatabaseAndFoundAgain() {
        try (Coordinator coordinator =
                start(List.of(Coordinator.WithDataSource.class, Tables.class, Onboarding.class))) {
            coordinator.send(new SpawnAgent("onboarded", "coder"));
            Awaitility.await().until(() -> Onboarding.FINISHED.contains("onboarded coder"));
            assertThat(coordinator
                            .bean(JdbcTemplate.class)
                            .queryForObject("SELECT count(*) FROM SagaEntry", Integer.class))
                    .isEqualTo(1);
        }
    }

    static class OwnTokens {

        @Bean
        TokenStore tokens() {
            return new InMemoryTokenStore();
        }
    }

    @ProcessingGroup("heard")
    static class Heard {

        final List<String> agents = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(AgentSpawned event) {
            agents.add(event.agentId());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracking", "pooled"})
    void aTokenStoreOfOnesOwnIsTheOne(String mode) {
        try (Coordinator coordinator = start(
                List.of(Coordinator.WithoutDataSource.class, OwnTokens.class, Heard.class),
                "axon.eventhandling.processors.heard.mode=" + mode)) {
            long spawned = coordinator.send(new SpawnAgent("agent-1", "coder")).position();
            Awaitility.await().until(() -> coordinator.bean(Heard.class).agents.contains("agent-1"));
            assertThat(coordinator.bean(TokenStore.class).fetchSegments("heard"))
                    .isNotEmpty();
            assertThat(directory.resolve("processors.db")).doesNotExist();
            assertThat(coordinator
                            .bean(QueryGateway.class)
                            .query(AtLeast.position(spawned, new GetAgent("agent-1")), AgentView.class)
                            .join()
                            .agent()
                            .id())
                    .isEqualTo("agent-1");
        }
    }
}
