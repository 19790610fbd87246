package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Asks a service as its clients should: where there is no room for an answer now, again. */
final class PatientClient {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServiceProcess service;

    PatientClient(ServiceProcess service) {
        this.service = service;
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    /** Creates a task; asked again, the same one. */
    HttpResponse<String> create(String task) {
        return send(request("/api/tasks")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", task)
                .POST(BodyPublishers.ofString("{\"taskId\":\"" + task + "\",\"title\":\"One of many\"}")));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(request.build() + ": " + service, failure);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .timeout(PATIENCE);
    }

    /** What is at that path, as soon as there is room for it. */
    JsonNode json(String path) {
        List<JsonNode> answers = new ArrayList<>();
        Awaitility.await()
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .atMost(PATIENCE)
                .until(() -> {
                    HttpResponse<String> answer = get(path);
                    if (answer.statusCode() == 503) {
                        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                        return false;
                    }
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    answers.add(Json.mapper().readTree(answer.body()));
                    return true;
                });
        return answers.get(0);
    }

    /** The items of all pages; those behind the first come by their cursor. */
    List<JsonNode> walk(String path, Function<JsonNode, JsonNode> list) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = list.apply(json(
                    cursor == null ? path : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            page.get("items").forEach(items::add);
            cursor = page.get("next").isNull() ? null : page.get("next").stringValue();
        } while (cursor != null);
        return items;
    }

    /** Asks the same so many times at once: some are answered, the others told to come again. */
    void askAtOnce(String path, int times) {
        List<Integer> statuses = IntStream.range(0, times)
                .mapToObj(i -> HTTP.sendAsync(request(path).build(), BodyHandlers.discarding()))
                .toList()
                .stream()
                .map(answer -> answer.join().statusCode())
                .toList();
        assertThat(statuses).allMatch(status -> status == 200 || status == 503).contains(200);
    }

    /** What comes over the stream from its beginning, of each event the line of that field, until the service ends. */
    BlockingQueue<String> follow(String field) {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        HTTP.sendAsync(request("/api/events/stream").build(), BodyHandlers.ofLines())
                .thenAccept(answer -> {
                    try (Stream<String> lines = answer.body()) {
                        lines.filter(line -> line.startsWith(field + ":")).forEach(events::add);
                    }
                })
                .exceptionally(ended -> null);
        return events;
    }

    HttpResponse<String> post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    /** It answers, and never was out of memory. */
    void assertAlive() {
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(service.toString()).doesNotContain("OutOfMemoryError");
    }
}
