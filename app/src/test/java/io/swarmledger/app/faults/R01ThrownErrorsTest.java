package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * R1: an error thrown once in each loop. Health says so within 5 s; the loop goes on, or the process ends with its code; it
 * never lives on and answers old things.
 */
class R01ThrownErrorsTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int LOST = 3;

    private static final Map<String, String> LOOPS = Map.of(
            "swarm-ledger-log-writer", "OutOfMemoryError",
            "swarm-ledger-checkpoints", "StackOverflowError",
            "swarm-ledger-tail", "OutOfMemoryError",
            "swarm-ledger-stream-tail", "StackOverflowError",
            "swarm-ledger-time-travel", "OutOfMemoryError",
            "swarm-ledger-lag", "StackOverflowError");

    @TempDir
    private Path directory;

    @Test
    void eachLoopSaysSoAndGoesOn() throws Exception {
        Path faults = Files.createDirectory(directory.resolve("faults"));
        try (ServiceProcess service = ServiceProcess.on(directory.resolve("ledger"), ThrownErrors.options(faults))) {
            PatientClient client = new PatientClient(service);
            BlockingQueue<String> streamed = client.follow("data");
            append(client, "before");
            assertThat(streamed.poll(10, TimeUnit.SECONDS)).contains("before");

            int round = 0;
            for (Map.Entry<String, String> loop : LOOPS.entrySet()) {
                Files.writeString(faults.resolve(loop.getKey()), loop.getValue());
                String id = "task-" + round++;
                Awaitility.await(loop.getKey() + " says so").atMost(SOON).untilAsserted(() -> assertThat(
                                get(client, "/actuator/health")
                                        .at("/components/ledgerWorkers/details/" + loop.getKey())
                                        .asString())
                        .contains(loop.getValue()));
                assertThat(get(client, "/actuator/health/liveness")
                                .get("status")
                                .asString())
                        .as("nothing is lost for good")
                        .isEqualTo("UP");

                long position = append(client, id);
                assertThat(get(client, "/api/tasks/" + id + "?minPosition=" + position)
                                .get("id")
                                .asString())
                        .as("the view goes on behind %s", loop.getKey())
                        .isEqualTo(id);
                Awaitility.await("time travel goes on")
                        .atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(get(client, "/api/state?position=" + position)
                                        .at("/position")
                                        .asLong())
                                .isEqualTo(position));
                assertThat(streamed.poll(20, TimeUnit.SECONDS))
                        .as("the stream goes on")
                        .contains(id);
            }
            String metrics = client.get("/actuator/prometheus").body();
            LOOPS.keySet().forEach(loop -> assertThat(metrics)
                    .contains("ledger_worker_faults_total{worker=\"" + loop + "\"} 1.0"));
            service.kill();
        }
        Green.assertVerified(directory.resolve("ledger"));
        assertThat(Green.stored(directory.resolve("ledger"))).hasSize(LOOPS.size() + 1);
    }

    /** Axon's own threads, and the server's, have no word for an error: they are lost, and so is the process. */
    @ParameterizedTest
    @ValueSource(strings = {"Coordinator[task-history]", "-Poller", "-Acceptor"})
    void aThreadThatCannotGoOnEndsTheProcess(String thread) throws Exception {
        Path faults = Files.createDirectory(directory.resolve("faults"));
        try (ServiceProcess service = ServiceProcess.on(directory.resolve("ledger"), ThrownErrors.options(faults))) {
            PatientClient client = new PatientClient(service);
            append(client, "before");
            String file = thread.startsWith("-") ? ThrownErrors.STOP : thread;
            Path asked = faults.resolve(file);
            Files.writeString(asked, thread.startsWith("-") ? thread : "OutOfMemoryError");
            Awaitility.await().until(() -> !Files.exists(asked));
            connect(service);

            assertThat(service.ended().exitCode()).isEqualTo(LOST);
            assertThat(service.toString()).contains("is to be started again").contains(thread);
        }
        Green.assertVerified(directory.resolve("ledger"));
        assertThat(Green.stored(directory.resolve("ledger"))).containsKey("before");
    }

    /** One that waits for connections meets what was thrown in it with the next one. */
    private static void connect(ServiceProcess service) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", service.port()), 5_000);
        }
    }

    private static long append(PatientClient client, String id) {
        HttpResponse<String> answer = client.post(
                "/api/events",
                "application/json",
                "{\"id\":\"" + id + "\",\"type\":\"task:created\",\"aggregateId\":\"" + id
                        + "\",\"payload\":{\"title\":\"" + id + "\"}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.mapper().readTree(answer.body()).get(0).get("position").asLong();
    }

    /** Whatever its status: what is wrong is said with 503. */
    private static JsonNode get(PatientClient client, String path) {
        return Json.mapper().readTree(client.get(path).body());
    }
}
