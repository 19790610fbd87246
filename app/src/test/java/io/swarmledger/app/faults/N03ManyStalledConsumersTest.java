package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ParameterizedTest
    @CsvSource({"64, 16000", "6, 900000"})
    void theyEndTheStreamForNobody(int events, int size) throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            for (int i = 0; i < CONSUMERS; i++) {
                stalled.add(connect(service));
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> consumers(service) == CONSUMERS);
            BlockingQueue<String> read = follow(service);

            for (int body = 0; body < 3; body++) {
                append(service, body, events, size);
            }

            for (int event = 0; event < 3 * events; event++) {
                assertThat(read.poll(60, TimeUnit.SECONDS))
                        .as("event %s at %s", event, service)
                        .isNotNull();
            }
            assertThat(service.toString()).doesNotContain("OutOfMemoryError");
            assertThat(get(service, "/actuator/health").body())
                    .startsWith("{\"components\"")
                    .contains("\"status\":\"UP\"");

            for (Socket one : stalled) {
                one.close();
            }
            Awaitility.await("the gauge counts those that are there")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(consumers(service)).isEqualTo(1));
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

    private int consumers(ServiceProcess service) throws IOException, InterruptedException {
        return get(service, "/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("ledger_stream_consumers "))
                .map(line -> (int) Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }

    private BlockingQueue<String> follow(ServiceProcess service) {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        http.sendAsync(
                        HttpRequest.newBuilder(uri(service, "/api/events/stream"))
                                .build(),
                        BodyHandlers.ofLines())
                .thenAccept(answer -> {
                    try (Stream<String> lines = answer.body()) {
                        lines.filter(line -> line.startsWith("id:")).forEach(events::add);
                    }
                })
                .exceptionally(ended -> null);
        return events;
    }

    private void append(ServiceProcess service, int body, int events, int size) throws Exception {
        String lines = IntStream.range(0, events)
                .mapToObj(n -> "{\"type\":\"task:created\",\"aggregateId\":\"t-" + body + "-" + n
                        + "\",\"payload\":{\"title\":\"t\",\"description\":\"" + "y".repeat(size) + "\"}}\n")
                .collect(Collectors.joining());
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri(service, "/api/events"))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(lines))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s at %s", answer.body(), service).isEqualTo(201);
    }

    private HttpResponse<String> get(ServiceProcess service, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(service, path)).build(), BodyHandlers.ofString());
    }

    private static URI uri(ServiceProcess service, String path) {
        return URI.create("http://127.0.0.1:" + service.port() + path);
    }
}
