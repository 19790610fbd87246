package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.SwarmLedger;
import io.swarmledger.app.http.RawHttp;
import io.swarmledger.app.wiring.TestLedger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
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

    @Test
    void whoHasTooFewToBeginWithIsToldSoAndHowMany() throws Exception {
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n 64; exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SwarmLedger.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        directory.resolve("none").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said.strip())
                .isEqualTo("This process may open 64 files at once; it needs 256 at least: ulimit -n 256");
        assertThat(directory.resolve("none")).doesNotExist();
    }

    /** Whoever is connected goes on; nobody else comes in until there are some again. */
    @Test
    void aServiceThatHasNoneLeftAnswersOnItsConnectionsAndTakesNewOnesLater() throws Exception {
        String head =
                "POST /api/agents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ";
        try (ServiceProcess service = ServiceProcess.on(directory);
                RawHttp connection = new RawHttp(service.port())) {
            for (int i = 0; i < 40; i++) {
                if (i == 10) {
                    assertThat(service.limitFiles(8)).isTrue();
                }
                String body = "{\"agentId\":\"agent-" + i + "\"}";
                assertThat(connection
                                .say(head + body.length() + "\r\n\r\n" + body)
                                .answer()
                                .status())
                        .isEqualTo(201);
            }
            assertThat(service.limitFiles(4096)).isTrue();
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> RawHttp.send(
                            service.port(), "GET", "/api/stats", "", "Host: localhost")
                    .body()
                    .contains("\"totalEvents\":40"));
        }
    }
}
