package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Consumers that never read, as many as there may be: what they are not given is nobody's memory, and others go on. */
@DisplayName("N3 consumers that never read")
class N03ManyStalledConsumersTest {

    private static final int CONSUMERS = 990;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"64, 16000", "6, 900000"})
    void theyEndTheStreamForNobody(int events, int size) throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            PatientClient client = new PatientClient(service);
            for (int i = 0; i < CONSUMERS; i++) {
                stalled.add(connect(service));
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> consumers(client) == CONSUMERS);
            BlockingQueue<String> read = client.follow("id");

            for (int body = 0; body < 3; body++) {
                append(client, body, events, size);
            }

            for (int event = 0; event < 3 * events; event++) {
                assertThat(read.poll(60, TimeUnit.SECONDS))
                        .as("event %s at %s", event, service)
                        .isNotNull();
            }
            assertThat(service.toString()).doesNotContain("OutOfMemoryError");
            assertThat(client.get("/actuator/health").body())
                    .startsWith("{\"components\"")
                    .contains("\"status\":\"UP\"");

            for (Socket one : stalled) {
                one.close();
            }
            Awaitility.await("the gauge counts those that are there")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(consumers(client)).isEqualTo(1));
        } finally {
            for (Socket one : stalled) {
                one.close();
            }
        }
    }

    private static Socket connect(ServiceProcess service) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", service.port()));
        socket.getOutputStream()
                .write("GET /api/events/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static int consumers(PatientClient client) {
        return client.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("ledger_stream_consumers "))
                .map(line -> (int) Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }

    private static void append(PatientClient client, int body, int events, int size) {
        String lines = IntStream.range(0, events)
                .mapToObj(n -> "{\"type\":\"task:created\",\"aggregateId\":\"t-" + body + "-" + n
                        + "\",\"payload\":{\"title\":\"t\",\"description\":\"" + "y".repeat(size) + "\"}}\n")
                .collect(Collectors.joining());
        HttpResponse<String> answer = client.post("/api/events", "application/x-ndjson", lines);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
