package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.log.sqlite.Verification;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.CommandRefused;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.QueueTask;
import io.swarmledger.query.ReadFault;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.view.UnreadableEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code verify} says of each column, of rows deleted and swapped, is in {@code VerificationTest}. */
@DisplayName("S6 a damaged log")
class S06DamagedLogTest {

    private static final int TASKS = 400;

    @TempDir
    Path directory;

    private Path log;

    @BeforeEach
    void fill() {
        log = new LedgerFiles(directory).log();
        try (TestLedger ledger = TestLedger.in(directory)) {
            for (int i = 0; i < TASKS; i++) {
                ledger.send(new CreateTask("task-" + i, "testing", "Title of task " + i + ";"));
            }
            ledger.caughtUp();
        }
    }

    @Test
    void aPayloadThatIsNoJsonAnyMoreIsNamedAndNoStateIsMadeOfIt() throws Exception {
        change("{\"taskId\":\"task-123\"", "?\"taskId\":\"task-123\"");

        assertBad(124);
        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(catchThrowable(() -> stateOf(ledger, "task-123")))
                    .cause()
                    .isInstanceOf(UnreadableEvent.class)
                    .hasMessageContaining("task:created");
            assertThat(catchThrowable(() -> ledger.send(new QueueTask("task-123"))))
                    .isInstanceOf(CommandRefused.class);
        }
        assertOthersWork();
    }

    @Test
    void aPayloadThatSaysSomethingElseIsNamed() throws Exception {
        change("Title of task 77;", "Title of task 78;");

        assertBad(78);
        assertOthersWork();
    }

    @Test
    void aRowDeletedAndTwoSwappedAreNamedAndTheOthersWork() throws Exception {
        sql("DELETE FROM DomainEventEntry WHERE aggregateIdentifier = 'task-300'");
        assertBad(301);

        sql("UPDATE DomainEventEntry SET globalIndex = -globalIndex WHERE globalIndex IN (41, 42)");
        sql("UPDATE DomainEventEntry SET globalIndex = 83 + globalIndex WHERE globalIndex < 0");
        assertBad(41);
        assertOthersWork();
    }

    /** The page of the table that holds the event; its indexes still know of it. */
    @Test
    void aPageOfEventsThatIsGoneIsNamedAndOnlyItsAggregatesCannotBeRead() throws Exception {
        zeroThePageWith("Title of task 200;");

        assertThat(verdict().firstBadPosition()).isBetween(1L, 201L);
        assertOnlyThisFails("task-200");
    }

    @Test
    void anIndexThatIsGoneIsFound() throws Exception {
        int root = JdbcClient.create(SqliteConnections.reading(log))
                .sql("SELECT rootpage FROM sqlite_master WHERE name = 'event_by_correlation'")
                .query(Integer.class)
                .single();
        write((root - 1) * pageSize(), new byte[pageSize()]);

        assertThat(verdict().ok()).isFalse();
        assertThat(verdict().problems()).anyMatch(problem -> problem.startsWith("SQLite: "));
        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(stateOf(ledger, "task-7")).isNotNull();
        }
    }

    private void assertBad(long position) {
        Verdict verdict = verdict();
        assertThat(verdict.ok()).isFalse();
        assertThat(verdict.firstBadPosition()).as("%s", verdict.problems()).isEqualTo(position);
    }

    private Verdict verdict() {
        return Verification.of(log, events -> {});
    }

    private void assertOnlyThisFails(String task) {
        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThatThrownBy(() -> stateOf(ledger, task))
                    .hasCauseInstanceOf(ReadFault.class)
                    .hasMessageContaining("SQLITE_CORRUPT");
            long before = ledger.head();
            assertThatThrownBy(() -> ledger.send(new QueueTask(task)))
                    .isInstanceOf(EventStoreException.class)
                    .hasMessageContaining(task);
            assertThat(ledger.head()).isEqualTo(before);
        }
        assertOthersWork();
    }

    private void assertOthersWork() {
        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(stateOf(ledger, "task-7").state().toString()).contains("Title of task 7;");
            ledger.send(new QueueTask("task-7"));
            assertThat(stateOf(ledger, "task-7").state().toString()).contains("queued");
        }
    }

    private static StateThen stateOf(TestLedger ledger, String id) {
        return ledger.bean(QueryGateway.class)
                .query(StateOf.now(id), StateThen.class)
                .join();
    }

    private void change(String before, String after) throws IOException {
        write(offsetOf(before), after.getBytes(StandardCharsets.UTF_8));
    }

    private void zeroThePageWith(String text) throws IOException {
        write(offsetOf(text) / pageSize() * pageSize(), new byte[pageSize()]);
    }

    private int offsetOf(String text) throws IOException {
        int offset = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1).lastIndexOf(text);
        assertThat(offset).as("where %s is in the file", text).isPositive();
        return offset;
    }

    private void write(long offset, byte[] bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes);
        }
    }

    private int pageSize() {
        return JdbcClient.create(SqliteConnections.reading(log))
                .sql("PRAGMA page_size")
                .query(Integer.class)
                .single();
    }

    private void sql(String statement) {
        JdbcClient.create(SqliteConnections.durable(log)).sql(statement).update();
    }
}
