package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.TaskState;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("S4 two processes on one directory")
class S04TwoProcessesTest {

    @TempDir
    Path directory;

    @Test
    void theSecondIsRefusedWithTheFirstOnesProcessIdAndTakesOverAtOnceWhenThatIsDead() {
        try (WorkerProcess first = WorkerProcess.on(directory).clients(4).run("first")) {
            first.ready().acknowledging(10);

            assertThatThrownBy(() -> TestLedger.in(directory).close()).satisfies(failure -> assertThat(
                            LedgerUnavailable.causeOf(failure).orElseThrow())
                    .hasMessageContaining("held by process " + first.pid())
                    .hasMessageContaining(directory.toString()));
            try (ServiceProcess second = ServiceProcess.starting(directory)) {
                second.assertRefused("held by process " + first.pid(), directory.toString());
            }
            first.acknowledging(10).kill();

            try (TestLedger second = TestLedger.in(directory)) {
                // Asking waits two seconds at most for the view: a dead owner's claim would last for ten.
                second.send(new CreateTask("task-second", "testing", "Taken over"));
                assertThat(second.ask(new GetTask("task-second"), TaskState.class))
                        .isNotNull();
                Green.assertViews(second);
            }
            assertThat(first.acknowledged()).isNotEmpty();
            assertThat(Green.stored(directory)).containsAllEntriesOf(first.acknowledged());
            Green.assertVerified(directory);
        }
    }
}
