package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two rounds in the build; {@code mvn verify -Dfaults.rounds=50} does fifty. */
@DisplayName("S12 SIGTERM of the service under load over HTTP")
class S12ServiceTerminatedTest {

    private static final int ROUNDS = Integer.getInteger("faults.rounds", 2);
    private static final int SIGTERM_EXIT = 128 + 15;

    @TempDir
    Path directory;

    @Test
    void whatIsInFlightIsFinishedOrUndoneAndWhatWasAnsweredIsThere() throws Exception {
        List<PostedLoad> loads = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (ServiceProcess service = ServiceProcess.on(directory)) {
                PostedLoad load = PostedLoad.on(service.port(), "run" + round).telling(1_000);
                loads.add(load);

                long start = System.nanoTime();
                service.terminate();

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
                assertThat(service.exitCode()).as(service::toString).isEqualTo(SIGTERM_EXIT);
                assertThat(load.ended().refusals())
                        .as("refusals while it stops")
                        .isSubsetOf("503");
                load.refusals().clear();
                LedgerFiles files = new LedgerFiles(directory);
                assertThat(directory.resolve(files.log().getFileName() + "-wal"))
                        .as(service::toString)
                        .doesNotExist();
            }
            PostedLoad.assertKept(directory, loads);

            try (ServiceProcess again = ServiceProcess.on(directory)) {
                loads.get(round).sendAgain(again.port(), directory);
            }
            PostedLoad.assertKept(directory, loads);
        }
    }
}
