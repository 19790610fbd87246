package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.TaskState;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("T4 a dead owner's claim")
class T04DeadOwnersClaimTest {

    @TempDir
    Path directory;

    /** A claim made by a clock that was a day ahead would be valid for a day. */
    @Test
    void isReleasedWhenTheLedgerIsOpened() {
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask("task-1", "testing", "Before"));
            ledger.caughtUp();
        }
        int claimed = JdbcClient.create(SqliteConnections.rebuildable(new LedgerFiles(directory).views()))
                .sql("UPDATE TokenEntry SET owner = 'dead@elsewhere', timestamp = ?")
                .param(Instant.now().plus(1, ChronoUnit.DAYS).toString())
                .update();
        assertThat(claimed).isEqualTo(4);

        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask("task-2", "testing", "After"));
            // It waits two seconds at most.
            assertThat(ledger.ask(new GetTask("task-2"), TaskState.class).title())
                    .isEqualTo("After");
        }
    }
}
