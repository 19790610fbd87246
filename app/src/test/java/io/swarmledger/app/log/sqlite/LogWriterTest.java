package io.swarmledger.app.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWriterTest {

    @TempDir
    Path directory;

    private Path file;
    private LogWriter writer;

    @BeforeEach
    void open() {
        file = directory.resolve("events.db");
        LogFile.open(file, Clock.systemUTC()).close();
        writer = new LogWriter(SqliteConnections.durable(file).waitingAtMost(50), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void answersWithPositionsInTheOrderOfTheLog() throws Exception {
        assertThat(writer.append(List.of(row("a", 0), row("a", 1)))).containsExactly(1, 2);
        assertThat(writer.append(List.of(row("b", 0)))).containsExactly(3);
    }

    @Test
    void severalEventsAreStoredTogetherOrNotAtAll() throws Exception {
        writer.append(List.of(row("a", 0)));

        Throwable refusal = catchThrowable(() -> writer.append(List.of(row("b", 0), row("a", 0), row("b", 1))));

        assertThat(SqliteErrors.isConflict(refusal)).isTrue();
        assertThat(stored()).containsExactly("a/0");
        assertThat(writer.append(List.of(row("b", 0))))
                .as("no position is lost")
                .containsExactly(2);
    }

    @Test
    void aConflictFailsItsOwnAppendAndNoOtherOfItsGroup() throws Exception {
        writer.append(List.of(row("taken", 0)));
        CountDownLatch release = holdTheWriter();
        ExecutorService clients = Executors.newFixedThreadPool(20);
        List<Future<long[]>> appends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String aggregate = i == 7 ? "taken" : "free-" + i;
            appends.add(clients.submit(() -> writer.append(List.of(row(aggregate, 0)))));
        }
        release.countDown();

        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (i == 7) {
                Throwable refusal = catchThrowable(appends.get(i)::get);
                assertThat(SqliteErrors.isConflict(refusal.getCause())).isTrue();
            } else {
                positions.add(appends.get(i).get()[0]);
            }
        }
        clients.shutdown();

        assertThat(positions)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(2, 20).boxed().toList());
    }

    @Test
    void whatIsDoneBesideAppendsFailsAloneAndLeavesNothing() throws Exception {
        CountDownLatch release = holdTheWriter();
        ExecutorService clients = Executors.newFixedThreadPool(3);
        Future<long[]> before = clients.submit(() -> writer.append(List.of(row("before", 0))));
        awaitWaiting(1);
        Future<?> beside = clients.submit(() -> writer.beside((connection, next) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO Ledger VALUES ('beside', 0)");
                throw new IllegalStateException("changed my mind");
            }
        }));
        awaitWaiting(2);
        Future<long[]> after = clients.submit(() -> writer.append(List.of(row("after", 0))));
        awaitWaiting(3);
        release.countDown();

        assertThat(before.get()).containsExactly(1);
        assertThat(after.get()).containsExactly(2);
        assertThatThrownBy(beside::get).hasRootCauseMessage("changed my mind");
        clients.shutdown();
        assertThat(writer.<Integer>beside((connection, next) -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet row =
                                    statement.executeQuery("SELECT count(*) FROM Ledger WHERE ledgerId = 'beside'")) {
                        return row.getInt(1);
                    }
                }))
                .isZero();
    }

    /** Fault S2. */
    @Test
    void afterAFullDiskItGoesOnWithoutARestart() throws Exception {
        writer.append(List.of(row("a", 0)));
        writer.transact((connection, next) -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("PRAGMA max_page_count = 1");
            }
        });

        List<EventRow> many = LongStream.range(0, 1_000)
                .mapToObj(version -> row("many", version))
                .toList();
        assertThatThrownBy(() -> writer.append(many))
                .isInstanceOfSatisfying(
                        LogFault.class, fault -> assertThat(fault.kind()).isEqualTo(LogFault.Kind.DISK_FULL));

        assertThat(stored()).containsExactly("a/0");
        assertThat(writer.append(many)).hasSize(1_000).startsWith(2, 3, 4);
    }

    /** Driver issue 683: after a busy BEGIN its connection would commit what the next transaction rolls back. */
    @Test
    void afterABusyBeginTheNextAppendIsATransactionAgain() throws Exception {
        try (Connection other = SqliteConnections.durable(file).getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> writer.append(List.of(row("a", 0))))
                    .isInstanceOfSatisfying(
                            LogFault.class, fault -> assertThat(fault.kind()).isEqualTo(LogFault.Kind.BUSY))
                    .hasMessageContaining("events.db");
            statement.execute("ROLLBACK");
        }

        writer.append(List.of(row("taken", 0)));
        assertThat(catchThrowable(() -> writer.append(List.of(row("b", 0), row("taken", 0)))))
                .matches(SqliteErrors::isConflict);
        assertThatThrownBy(() -> writer.bulk((inserter, connection) -> {
                    inserter.insert(row("c", 0));
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");

        assertThat(stored()).containsExactly("taken/0");
    }

    @Test
    void aBusyDatabaseIsNotTakenForAConflict() throws Exception {
        try (Connection other = SqliteConnections.durable(file).getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            Throwable failure = catchThrowable(() -> writer.append(List.of(row("a", 0))));

            assertThat(SqliteErrors.isConflict(failure)).isFalse();
            assertThat(SqliteErrors.isBusy(failure)).isTrue();
        }
    }

    @Test
    void afterAFaultOfTheFileItGoesOnWithoutARestart() throws Exception {
        sql("ALTER TABLE DomainEventEntry RENAME TO elsewhere");
        assertThatThrownBy(() -> writer.append(List.of(row("a", 0))))
                .isInstanceOfSatisfying(
                        LogFault.class, fault -> assertThat(fault.kind()).isEqualTo(LogFault.Kind.BROKEN));
        sql("ALTER TABLE elsewhere RENAME TO DomainEventEntry");

        assertThat(writer.append(List.of(row("a", 0)))).containsExactly(1);
    }

    @Test
    void whoIsInterruptedAndAppendsIsAnsweredAndTheAnchorGoesOn() throws Exception {
        Thread.currentThread().interrupt();
        writer.append(List.of(row("a", 0)));
        assertThat(Thread.interrupted()).as("it can still tell that it was").isTrue();

        writer.append(List.of(row("a", 1)));

        assertThat(HeadAnchor.read(file).heads()).singleElement().satisfies(head -> assertThat(head.position())
                .isEqualTo(2));
    }

    /** As the shell of SQLite does: the write-ahead log is shorter then, and nothing is gone. */
    @Test
    void whatSomebodyElseCopiesBackIsNotTakenForCut() throws Exception {
        writer.append(List.of(row("a", 0)));
        try (Connection other = SqliteConnections.durable(file).getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        assertThat(Files.size(file.resolveSibling(file.getFileName() + "-wal"))).isZero();

        assertThat(writer.append(List.of(row("a", 1)))).containsExactly(2);
        assertThat(writer.obstacle()).isEmpty();
    }

    @Test
    void aPositionIsNeverGivenTwiceEvenIfItsRowIsGone() throws Exception {
        writer.append(List.of(row("a", 0), row("a", 1)));
        writer.close();
        sql("DELETE FROM DomainEventEntry WHERE globalIndex = 2");

        writer = new LogWriter(SqliteConnections.durable(file), Clock.systemUTC());

        assertThat(writer.append(List.of(row("a", 1)))).containsExactly(3);
    }

    @Test
    void closingWritesWhatWasAcceptedAndRefusesWhatComesLater() throws Exception {
        CountDownLatch release = holdTheWriter();
        CompletableFuture<long[]> accepted =
                CompletableFuture.supplyAsync(() -> writer.append(List.of(row("accepted", 0))));
        awaitWaiting(1);
        Thread closing = new Thread(writer::close);
        closing.start();
        Awaitility.await().until(() -> catchThrowable(this::appendLate) instanceof LogFault);
        release.countDown();
        closing.join();

        assertThat(accepted.get()).containsExactly(1);
        assertThat(stored()).containsExactly("accepted/0");
    }

    private void awaitWaiting(int appends) {
        Awaitility.await().until(() -> writer.waiting() == appends);
    }

    private void appendLate() {
        writer.append(List.of());
    }

    private CountDownLatch holdTheWriter() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture.runAsync(() -> {
            try {
                writer.transact((connection, next) -> {
                    held.countDown();
                    release.await();
                    return null;
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        held.await();
        return release;
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = SqliteConnections.durable(file).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> stored() throws SQLException {
        List<String> result = new ArrayList<>();
        try (Connection connection = SqliteConnections.reading(file).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT aggregateIdentifier || '/' || sequenceNumber FROM DomainEventEntry ORDER BY globalIndex")) {
            while (rows.next()) {
                result.add(rows.getString(1));
            }
        }
        return result;
    }

    static EventRow row(String aggregate, long sequenceNumber) {
        return new EventRow(
                aggregate + "-" + sequenceNumber + "-" + System.nanoTime(),
                aggregate,
                sequenceNumber,
                "task",
                1L,
                "task:queued",
                "1",
                "{}",
                "{}",
                "swarm",
                null,
                null,
                "swarm",
                null);
    }
}
