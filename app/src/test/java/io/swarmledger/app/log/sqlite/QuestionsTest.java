package io.swarmledger.app.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.QuestionRefused;
import io.swarmledger.query.QuestionRefused.Reason;
import io.swarmledger.query.Questions;
import io.swarmledger.query.Room;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.Reading;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions that would never end, and what becomes of them, of others, and of the connections that they had. */
class QuestionsTest {

    private static final String ENDLESS = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT ";
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration UNHURRIED = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    private HikariDataSource connections;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    /** What takes for ever. */
    enum Endless {
        ONE_STATEMENT,
        ROWS_THAT_ARE_FOLDED,
        SMALL_STATEMENTS
    }

    record AskForEver(Endless how) implements LedgerQuery {
        @Override
        public String answeredFrom() {
            return LOG;
        }
    }

    record AskOne() implements LedgerQuery {
        @Override
        public String answeredFrom() {
            return LOG;
        }
    }

    record AskUntil(CountDownLatch begun, CountDownLatch end) implements LedgerQuery {
        @Override
        public String answeredFrom() {
            return LOG;
        }
    }

    /** Has its turn, and keeps it. */
    record AskWithTurn(CountDownLatch begun, CountDownLatch end) implements LedgerQuery {
        @Override
        public String answeredFrom() {
            return LOG;
        }
    }

    /** Has none, and waits until a view has seen enough. */
    record AskForAPosition() implements LedgerQuery {
        @Override
        public String answeredFrom() {
            return LOG;
        }
    }

    final class Answers {

        private final Reading reading = new Reading(connections);
        private final Positions positions =
                new Positions(connections, null, Map.of(LedgerQuery.TIME_TRAVEL, connections), TIMEOUT);

        @QueryHandler
        Long handle(AskForEver query) {
            return reading.read(jdbc -> switch (query.how()) {
                case ONE_STATEMENT -> jdbc.sql(ENDLESS + "count(*) FROM n")
                        .query(Long.class)
                        .single();
                case ROWS_THAT_ARE_FOLDED -> {
                    long[] sum = new long[1];
                    jdbc.sql(ENDLESS + "n FROM n").query(row -> {
                        sum[0] += row.getLong(1);
                    });
                    yield sum[0];
                }
                case SMALL_STATEMENTS -> {
                    long sum = 0;
                    while (sum >= 0) {
                        sum += jdbc.sql("SELECT 1").query(Long.class).single();
                    }
                    yield sum;
                }
            });
        }

        @QueryHandler
        Long handle(AskOne query) {
            return reading.read(jdbc -> jdbc.sql("SELECT 1").query(Long.class).single());
        }

        @QueryHandler
        Long handle(AskUntil query) throws InterruptedException {
            query.begun().countDown();
            query.end().await();
            return 1L;
        }

        @QueryHandler
        Long handle(AskWithTurn query) throws InterruptedException {
            work();
            Questions.goOn();
            query.begun().countDown();
            query.end().await();
            return 1L;
        }

        @QueryHandler
        Long handle(AskForAPosition query) {
            work();
            positions.await("seen", 5);
            return 1L;
        }

        /** So much that a question takes turns with others. */
        private static void work() {
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began < 100_000_000) {
                Thread.onSpinWait();
            }
        }
    }

    @BeforeEach
    void open() throws IOException {
        connections = LogFile.questions(Files.createFile(directory.resolve("any.db")));
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        connections.close();
    }

    private QueryGateway gateway(int atOnce, Duration timeout) {
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        bus.registerHandlerInterceptor(new Questions(Room.ofHeap(), atOnce, timeout));
        new AnnotationQueryHandlerAdapter<>(new Answers()).subscribe(bus);
        return DefaultQueryGateway.builder().queryBus(bus).build();
    }

    private CompletableFuture<Reason> refusal(QueryGateway gateway, LedgerQuery query) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Throwable failure = gateway.query(query, ResponseTypes.instanceOf(Long.class))
                            .handle((answer, thrown) -> thrown)
                            .join();
                    return failure == null ? null : ((QuestionRefused) failure).reason();
                },
                callers);
    }

    @ParameterizedTest
    @EnumSource
    void whateverTakesForEverEndsAndItsConnectionIsAsGoodAsBefore(Endless how) {
        QueryGateway gateway = gateway(1, TIMEOUT);
        for (int round = 0; round < 3; round++) {
            assertThat(refusal(gateway, new AskForEver(how)).join()).isEqualTo(Reason.TIMED_OUT);
            assertThat(refusal(gateway, new AskOne()).join()).isNull();
        }
        assertThat(connections.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    void ofThoseThatTakeLongHalfGoOnAndSmallOnesFindAPlace() {
        QueryGateway gateway = gateway(4, UNHURRIED);
        List<CompletableFuture<Reason>> endless = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            endless.add(refusal(gateway, new AskForEver(Endless.ONE_STATEMENT)));
        }
        Awaitility.await()
                .atMost(UNHURRIED)
                .until(() -> endless.stream().filter(CompletableFuture::isDone).count() == 2);
        assertThat(endless).filteredOn(CompletableFuture::isDone).allMatch(one -> one.join() == Reason.TOO_MANY);
        assertThat(refusal(gateway, new AskOne()).join()).isNull();

        callers.shutdownNow();
        assertThat(endless).extracting(CompletableFuture::join).containsOnly(Reason.TOO_MANY, Reason.TIMED_OUT);
    }

    @Test
    void whoFindsNoPlaceInTimeIsToldSo() throws Exception {
        QueryGateway gateway = gateway(1, UNHURRIED);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Reason> one = refusal(gateway, new AskUntil(begun, end));
        begun.await();

        assertThat(refusal(gateway, new AskOne()).join()).isEqualTo(Reason.TOO_MANY);

        end.countDown();
        assertThat(one.join()).isNull();
        assertThat(refusal(gateway, new AskOne()).join()).isNull();
    }

    /** Of those who wait for a view one looks for all, and one that waits has a turn. */
    @Test
    void whoLooksHowFarAViewIsWaitsForNoTurn() throws Exception {
        JdbcClient database = JdbcClient.create(SqliteConnections.rebuildable(directory.resolve("any.db")));
        database.sql("CREATE TABLE Projection (name TEXT, position INTEGER)").update();
        database.sql("INSERT INTO Projection VALUES ('seen', 5)").update();
        int turns = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        QueryGateway gateway = gateway(turns + 1, UNHURRIED);
        CountDownLatch begun = new CountDownLatch(turns);
        CountDownLatch end = new CountDownLatch(1);
        List<CompletableFuture<Reason>> others = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            others.add(refusal(gateway, new AskWithTurn(begun, end)));
        }
        begun.await();

        assertThat(refusal(gateway, new AskForAPosition())).succeedsWithin(Duration.ofSeconds(20));

        end.countDown();
        assertThat(others).allSatisfy(one -> assertThat(one.join()).isNull());
    }
}
