package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.sqlite.SqliteErrors;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("S7 another process holds the lock")
class S07BusyTest {

    private static final Duration BOUND = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    @Test
    void ofTheLogCommandsFailAfterABoundedWaitAndAreTransactionsAgainAfterIt() throws Exception {
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask("task-1", "testing", "Before"));
            try (LockHolder holder = LockHolder.of(new LedgerFiles(directory).log())) {
                long start = System.nanoTime();

                assertThatThrownBy(() -> ledger.send(new CreateTask("task-2", "testing", "Meanwhile")))
                        .isInstanceOfSatisfying(LogFault.class, fault -> assertThat(fault.kind())
                                .isEqualTo(LogFault.Kind.BUSY));

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
                assertThat(ledger.bean(QueryGateway.class)
                                .query(new GetStats(null, null), LedgerStats.class)
                                .join()
                                .totalEvents())
                        .as("reading goes on")
                        .isEqualTo(1);
            }
            // The first use of the connection after the failure: half of this would stay if it were no transaction.
            assertThat(catchThrowable(() ->
                            ledger.log().writer().append(List.of(row("half-1", "half", 0), row("half-2", "half", 0)))))
                    .matches(SqliteErrors::isConflict);
            ledger.send(new CreateTask("task-2", "testing", "Again"));
            Green.assertViews(ledger);
        }
        assertThat(Green.stored(directory).values())
                .extracting(stored -> stored.aggregateId())
                .containsExactlyInAnyOrder("task-1", "task-2");
        Green.assertVerified(directory);
    }

    @Test
    void ofTheViewsCommandsGoOnAndTheViewsCatchUpAfterIt() throws Exception {
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask("task-0", "testing", "Before"));
            ledger.caughtUp();
            try (LockHolder holder = LockHolder.of(new LedgerFiles(directory).views())) {
                for (int i = 1; i <= 20; i++) {
                    ledger.send(new CreateTask("task-" + i, "testing", "Meanwhile"));
                }
            }
            Green.assertViews(ledger);
        }
        Green.assertVerified(directory);
    }

    private static EventRow row(String id, String aggregate, long sequenceNumber) {
        return new EventRow(
                id,
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
