package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("S12 SIGTERM under load")
class S12TerminatedTest {

    private static final int SIGTERM_EXIT = 128 + 15;

    @TempDir
    Path directory;

    @Test
    void whatIsInFlightIsFinishedOrUndoneAndTheFilesAreLeftInOrder() {
        try (WorkerProcess worker = WorkerProcess.on(directory).run("terminated")) {
            worker.ready().acknowledging(500);

            long start = System.nanoTime();
            worker.terminate().ended();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            assertThat(worker.exitCode()).as(worker::toString).isEqualTo(SIGTERM_EXIT);
            assertThat(worker.faults().values())
                    .as("later commands")
                    .isNotEmpty()
                    .containsOnly("CLOSED");
            assertThat(worker.refused().values()).as("refusals").isSubsetOf("RuleBroken", "UnknownAggregate");
            LedgerFiles files = new LedgerFiles(directory);
            assertThat(directory.resolve(files.log().getFileName() + "-wal")).doesNotExist();
            assertThat(directory.resolve(files.views().getFileName() + "-wal")).doesNotExist();
            assertThat(JdbcClient.create(SqliteConnections.reading(files.views()))
                            .sql("SELECT count(owner) FROM TokenEntry")
                            .query(Long.class)
                            .single())
                    .as("tokens still claimed")
                    .isZero();
            Green.assertLog(directory, List.of(worker));
        }
    }
}
