package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite has written all of a commit when it asks the disk to confirm it: that it failed does not mean that it is gone. */
@DisplayName("S2 a disk that does not confirm what was written")
class S02UnknownOutcomeTest {

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void required() {
        EveryAnswerFollowsASyncTest.requireStrace();
    }

    @Test
    void isNotSaidToHaveWrittenNothing() throws Exception {
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            assertThat(create(service, "before").statusCode()).isEqualTo(201);
            Process disk = failing(service, "");
            HttpResponse<String> unknown = create(service, "unknown");
            service.kill();
            disk.waitFor();

            assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(503);
            assertThat(unknown.headers().firstValue("Retry-After")).isPresent();
            var problem = Json.mapper().readTree(unknown.body());
            assertThat(problem.get("type").asString()).endsWith("outcome-unknown");
            assertThat(problem.get("detail").asString())
                    .contains("is not known", "same event id")
                    .doesNotContain("Nothing was written");
        }
        assertOnceWhenAskedAgain();
    }

    /** The next one is confirmed, and what is there is known. */
    @Test
    void isAnsweredForCertainOnceItConfirmsAgain() throws Exception {
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            assertThat(create(service, "before").statusCode()).isEqualTo(201);
            Process disk = failing(service, ":when=1");
            HttpResponse<String> refused = create(service, "unknown");

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(Json.mapper().readTree(refused.body()).get("detail").asString())
                    .contains("Nothing was written");
            service.kill();
            disk.waitFor();
            assertThat(Green.stored(directory)).containsOnlyKeys("before");
        }
        assertOnceWhenAskedAgain();
    }

    private void assertOnceWhenAskedAgain() throws Exception {
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            assertThat(create(service, "unknown").statusCode()).isEqualTo(201);
            assertThat(create(service, "unknown").statusCode()).isEqualTo(201);
            service.terminate();
        }
        assertThat(Green.stored(directory)).containsOnlyKeys("before", "unknown");
        Green.assertVerified(directory);
        try (TestLedger ledger = TestLedger.in(directory)) {
            Green.assertViews(ledger);
        }
    }

    /** From now on the disk confirms nothing of the log's, each thread's calls counted apart. */
    private Process failing(ServiceProcess service, String when) throws IOException {
        Process tracer = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-p",
                        String.valueOf(service.pid()),
                        "-P",
                        directory.resolve("events.db-wal").toString(),
                        "-e",
                        "trace=fdatasync,fsync",
                        "-e",
                        "inject=fdatasync,fsync:error=EIO" + when)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isTraced(service.pid()));
        return tracer;
    }

    /** All of its threads are. */
    private static boolean isTraced(long pid) throws IOException {
        try (var threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                if (Files.readString(thread.resolve("status")).contains("TracerPid:\t0\n")) {
                    return false;
                }
            }
            return true;
        }
    }

    private HttpResponse<String> create(ServiceProcess service, String id) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/api/tasks"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", id)
                        .POST(BodyPublishers.ofString("{\"taskId\":\"" + id + "\",\"title\":\"One\"}"))
                        .build(),
                BodyHandlers.ofString());
    }
}
