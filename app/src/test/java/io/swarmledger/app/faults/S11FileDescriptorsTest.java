package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.wiring.TestLedger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A heap of 128 MB is in {@link S09ExportKilledTest}. */
@DisplayName("S11 few file descriptors")
class S11FileDescriptorsTest {

    @TempDir
    Path directory;

    /** A process keeps every jar of its class path open, so that it cannot begin with 64; it can go on with none. */
    @Test
    void whoseNumberIsUsedUpCommandsGoOnAndNothingIsLost() {
        try (WorkerProcess worker = WorkerProcess.on(directory).clients(8).run("few")) {
            worker.ready().acknowledging(50);
            String pid = String.valueOf(worker.pid());

            assertThat(Mounts.succeeds("prlimit", "--pid", pid, "--nofile=8:4096"))
                    .isTrue();
            worker.acknowledging(2_000);
            assertThat(Mounts.succeeds("prlimit", "--pid", pid, "--nofile=4096:4096"))
                    .isTrue();

            assertThat(worker.acknowledging(100).isAlive()).isTrue();
            worker.kill();
            assertThat(worker.faults()).isEmpty();
            Green.assertLog(directory, List.of(worker));
        }
        try (TestLedger ledger = TestLedger.in(directory)) {
            Green.assertViews(ledger);
        }
    }
}
