package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("S10 a temporary directory in which nothing runs")
class S10TemporaryDirectoryTest {

    @TempDir
    Path home;

    private Path directory;
    private Path noexec;
    private Path own;

    @BeforeEach
    void makeDirectories() throws IOException {
        Mounts.required();
        directory = home.resolve("ledger");
        noexec = Files.createDirectory(home.resolve("noexec"));
        own = Files.createDirectory(home.resolve("own"));
    }

    @Test
    void isNotNeededAndNothingIsLeftOverEvenOfAProcessThatIsKilled() throws IOException {
        Path leftOver = Files.createDirectory(own.resolve(".swarm-ledger-native-left"));
        Files.createFile(leftOver.resolve("libsqlitejdbc.so"));
        Files.setLastModifiedTime(leftOver, FileTime.from(Instant.now().minus(2, ChronoUnit.DAYS)));

        try (WorkerProcess worker = worker(own).run("noexec")) {
            worker.ready().acknowledging(10).kill();

            try (var files = Files.list(own)) {
                assertThat(files.map(Path::getFileName).map(Path::toString))
                        .as("left over")
                        .noneMatch(name -> name.startsWith(".swarm-ledger-native"));
            }
            Green.assertLog(directory, List.of(worker));
        }
    }

    @Test
    void aLedgerInMemoryThatWasKilledIsGoneWithTheNextOneAndOneThatRunsStays() throws Exception {
        try (ServiceProcess running = inMemory();
                ServiceProcess killed = inMemory()) {
            killed.kill();
            assertThat(ledgersInMemory()).isEqualTo(2);

            try (ServiceProcess next = inMemory()) {
                assertThat(ledgersInMemory())
                        .as("this one and the one that runs")
                        .isEqualTo(2);
                next.terminate();
            }
            assertThat(ledgersInMemory()).isEqualTo(1);
            assertThat(RawHttp.send(running.port(), "GET", "/api/stats", "", "Host: localhost")
                            .status())
                    .isEqualTo(200);
            running.terminate();
            assertThat(ledgersInMemory()).isZero();
        }
    }

    private ServiceProcess inMemory() {
        return ServiceProcess.on(Path.of(":memory:"), "-Djava.io.tmpdir=" + own);
    }

    private long ledgersInMemory() throws IOException {
        try (var files = Files.list(own)) {
            return files.filter(file -> Files.isDirectory(file.resolve("ledger")))
                    .count();
        }
    }

    @Test
    void andNoOtherIsRefusedWithTheRemedy() {
        try (WorkerProcess worker = worker(noexec).run("nowhere")) {
            worker.ended();

            assertThat(worker.exitCode()).isEqualTo(1);
            assertThat(worker.unavailable())
                    .contains("SQLite's native library cannot be loaded from any of [" + noexec + "]")
                    .contains("-Dorg.sqlite.tmpdir=DIRECTORY");
        }
    }

    private WorkerProcess.Start worker(Path homeOfUser) {
        return WorkerProcess.on(directory)
                .clients(4)
                .under(Mounts.PRIVATE)
                .afterBash("mount -t tmpfs -o noexec,size=8m tmpfs " + noexec)
                .environment("XDG_CACHE_HOME", "")
                .java("-Djava.io.tmpdir=" + noexec, "-Duser.home=" + homeOfUser);
    }
}
