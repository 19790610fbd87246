package io.swarmledger.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.log.EventLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Waiting for a view: how often its file is looked into, whoever writes it. */
class PositionsTest {

    private static final String VIEW = ProjectionNames.TASK_HISTORY;
    private static final int WAITING = 32;
    private static final int LOOK_AGAIN_MS = 20;
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final AtomicInteger looks = new AtomicInteger();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private JdbcClient writer;
    private Positions positions;

    @BeforeEach
    void open() {
        DataSource file = new DriverManagerDataSource("jdbc:sqlite:" + directory.resolve("views.db"));
        writer = JdbcClient.create(file);
        writer.sql("PRAGMA journal_mode = WAL").query(String.class).single();
        writer.sql("CREATE TABLE Projection (name TEXT, position INTEGER)").update();
        writer.sql("INSERT INTO Projection VALUES (?, 5)").param(VIEW).update();
        DataSource counted = new DelegatingDataSource(file) {
            @Override
            public Connection getConnection() throws SQLException {
                looks.incrementAndGet();
                return super.getConnection();
            }
        };
        positions = new Positions(counted, mock(EventLog.class), Map.of(LedgerQuery.TIME_TRAVEL, counted), LONG);
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
    }

    private void advance(long position) {
        writer.sql("UPDATE Projection SET position = ?").param(position).update();
    }

    private List<CompletableFuture<Boolean>> waitingFor(long position, Duration atMost) {
        List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            waiting.add(CompletableFuture.supplyAsync(() -> positions.mayReach(VIEW, position, atMost), callers));
        }
        Awaitility.await().until(() -> looks.get() >= WAITING);
        return waiting;
    }

    @Test
    void oneLooksForAllWhoWaitThoughNobodyTellsThem() {
        long begun = System.nanoTime();
        List<CompletableFuture<Boolean>> waiting = waitingFor(6, LONG);
        Awaitility.await().until(() -> looks.get() >= WAITING + 10);
        advance(6);
        assertThat(waiting).allMatch(CompletableFuture::join);
        long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        assertThat(looks.get()).isLessThanOrEqualTo((int) (WAITING + 1 + took / LOOK_AGAIN_MS));
    }

    @Test
    void whatWasSeenIsNotLookedForAgain() {
        assertThat(positions.mayReach(VIEW, 5, LONG)).isTrue();
        int before = looks.get();
        assertThat(positions.mayReach(VIEW, 5, LONG)).isTrue();
        assertThat(positions.mayReach(VIEW, 3, LONG)).isTrue();
        assertThat(looks.get()).isEqualTo(before);
    }

    @Test
    void whatSomebodyElseWroteIsSeenAtOnceByWhoeverComes() {
        assertThat(positions.mayReach(VIEW, 5, LONG)).isTrue();
        advance(9);
        assertThat(positions.mayReach(VIEW, 9, Duration.ZERO)).isTrue();
        assertThat(positions.mayReach(VIEW, 10, Duration.ZERO)).isFalse();
        assertThat(positions.of(VIEW)).isEqualTo(9);
    }
}
