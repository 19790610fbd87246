package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.SwarmLedgerApplication;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.memory.GetMemory;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.view.Positions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("T1 the clock is set back an hour, or forward a day")
class T01ClockSetTest {

    private static final Instant NOON = Instant.parse("2026-01-04T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Wall wall = new Wall();
    private Clock ofEvents;
    private Clock ofTokens;

    /** A clock on a wall, which anybody may set. */
    private static final class Wall extends Clock {

        private volatile Instant now = NOON;

        void set(Duration later) {
            now = now.plus(later);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void replaceTheClocks() {
        ofEvents = GenericEventMessage.clock;
        ofTokens = AbstractTokenEntry.clock;
        GenericEventMessage.clock = wall;
        AbstractTokenEntry.clock = wall;
    }

    @AfterEach
    void putThemBack() {
        GenericEventMessage.clock = ofEvents;
        AbstractTokenEntry.clock = ofTokens;
    }

    @Test
    void orderIsByPositionAndNoViewStandsStill() {
        try (ConfigurableApplicationContext ledger = open()) {
            CommandGateway commands = ledger.getBean(CommandGateway.class);
            List<Appended> appended = new ArrayList<>();
            appended.add(commands.sendAndWait(new StoreMemory("memory", "n", "k", "episodic", 1)));
            for (Duration set : List.of(Duration.ofHours(-1), Duration.ofDays(1), Duration.ofHours(-1))) {
                wall.set(set);
                appended.add(commands.sendAndWait(new RetrieveMemory("memory")));
                awaitViews(ledger, appended.size());
            }

            assertThat(appended).extracting(Appended::position).containsExactly(1L, 2L, 3L, 4L);
            assertThat(appended).extracting(Appended::version).containsExactly(1L, 2L, 3L, 4L);
            MemoryState memory = ask(ledger, new GetMemory("memory"), MemoryState.class);
            assertThat(memory.accessCount()).isEqualTo(3);
            assertThat(memory.lastAccessedAt())
                    .as("the last event's time wins, not the latest")
                    .isEqualTo((double) wall.millis());
        }
        Green.assertVerified(directory);
        wall.set(Duration.ofDays(-7));
        try (ConfigurableApplicationContext ledger = open()) {
            ledger.getBean(CommandGateway.class).sendAndWait(new RetrieveMemory("memory"));
            awaitViews(ledger, 5);
        }
    }

    /** After a fault a processor gives its segment up for a second or so, by its clock. */
    @Test
    void aProcessorThatWaitsAfterAFaultDoesNotWaitAnHourLonger() throws Exception {
        try (ConfigurableApplicationContext ledger = open()) {
            CommandGateway commands = ledger.getBean(CommandGateway.class);
            commands.sendAndWait(new StoreMemory("memory", "n", "k", "episodic", 1));
            awaitViews(ledger, 1);
            JdbcClient views = JdbcClient.create(SqliteConnections.rebuildable(new LedgerFiles(directory).views()));
            views.sql("ALTER TABLE memory_index RENAME TO elsewhere").update();
            commands.sendAndWait(new RetrieveMemory("memory"));
            awaitFault(ledger);

            wall.set(Duration.ofHours(-1));
            views.sql("ALTER TABLE elsewhere RENAME TO memory_index").update();

            awaitViews(ledger, 2);
        }
    }

    /** At a time means after the highest position up to which no event is later. */
    @Test
    void atATimeIsDefinedForEqualAndInvertedTimes() {
        try (ConfigurableApplicationContext ledger = open()) {
            CommandGateway commands = ledger.getBean(CommandGateway.class);
            double first = wall.millis();
            commands.sendAndWait(new StoreMemory("memory", "n", "k", "episodic", 1));
            commands.sendAndWait(new RetrieveMemory("memory"));
            wall.set(Duration.ofDays(1));
            double tomorrow = wall.millis();
            commands.sendAndWait(new RetrieveMemory("memory"));
            wall.set(Duration.ofDays(-1).plusSeconds(1));
            double second = wall.millis();
            commands.sendAndWait(new RetrieveMemory("memory"));

            assertThat(versionAt(ledger, first)).isEqualTo(2);
            assertThat(versionAt(ledger, second)).isEqualTo(2);
            assertThat(versionAt(ledger, tomorrow - 1)).isEqualTo(2);
            assertThat(versionAt(ledger, tomorrow)).isEqualTo(4);
        }
    }

    private ConfigurableApplicationContext open() {
        return new SpringApplicationBuilder(SwarmLedgerApplication.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> context.getBeanFactory().registerSingleton("wall", wall))
                .run("--swarm-ledger.data=" + directory);
    }

    private static void awaitViews(ConfigurableApplicationContext ledger, long position) {
        for (String name : ReadModels.ofLedger().projections()) {
            ledger.getBean(Positions.class).await(name, position, SOON);
        }
    }

    private static void awaitFault(ConfigurableApplicationContext ledger) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> JdbcClient.create(ledger.getBean(ViewsFile.class).readers())
                                .sql(
                                        "SELECT count(*) FROM TokenEntry WHERE processorName = 'memory-index' AND owner IS NULL")
                                .query(Long.class)
                                .single()
                        == 1);
    }

    private static long versionAt(ConfigurableApplicationContext ledger, double time) {
        return ask(ledger, new StateOf("memory", null, time), StateThen.class).version();
    }

    private static <R> R ask(ConfigurableApplicationContext ledger, LedgerQuery query, Class<R> answer) {
        return ledger.getBean(QueryGateway.class).query(query, answer).join();
    }
}
