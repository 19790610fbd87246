package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Events of 900 KB, in all more than the memory that the service has: {@code -Dlarge.events=10000 -Dlarge.heap=256m} for
 * more of them.
 */
@DisplayName("R2 events that are large")
class R02LargeEventsTest {

    private static final int EVENTS = Integer.getInteger("large.events", 200);
    private static final String HEAP = System.getProperty("large.heap", "128m");
    private static final int SIZE = 900_000;
    private static final int IN_A_BODY = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60L + EVENTS / 2);

    @TempDir
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Histogram millis = new Histogram(3);

    @Test
    void nothingGrowsWithThemAndEverybodyGetsThem() throws Exception {
        ExecutorService beside = Executors.newFixedThreadPool(2);
        AtomicLong streamed = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        try (ServiceProcess service = ServiceProcess.on(directory, "-Xmx" + HEAP)) {
            beside.submit(() -> follow(service, streamed));
            Future<List<Integer>> pages = beside.submit(() -> look(service, over));
            long last = 0;
            for (int sent = 0; sent < EVENTS; ) {
                // Some alone and some together; of one thing now and then, so that its state is large and changes.
                int together = sent % 40 == 0 ? Math.min(IN_A_BODY, EVENTS - sent) : 1;
                last = post(service, sent, together);
                sent += together;
            }
            System.out.printf(
                    "%d events of %d bytes in %s: p50 %d ms, p99 %d ms, most %d ms%n",
                    EVENTS,
                    SIZE,
                    HEAP,
                    millis.getValueAtPercentile(50),
                    millis.getValueAtPercentile(99),
                    millis.getMaxValue());

            assertThat(last).isEqualTo(EVENTS);
            Awaitility.await("views and time travel")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        assertThat(get(service, "/api/tasks/large-" + (EVENTS - 1) + "?minPosition=" + EVENTS)
                                        .statusCode())
                                .isEqualTo(200);
                        assertThat(json(service, "/api/state?position=" + EVENTS + "&limit=1")
                                        .get("position")
                                        .asLong())
                                .isEqualTo(EVENTS);
                        assertSearched(service);
                    });
            Awaitility.await("the stream").atMost(PATIENCE).untilAtomic(streamed, equalTo((long) EVENTS));
            over.set(true);
            assertThat(pages.get()).as("pages").isNotEmpty().containsOnly(200);
            replay(service);
            assertThat(get(service, "/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(service.toString()).doesNotContain("OutOfMemoryError");
            service.terminate();
        } finally {
            over.set(true);
            beside.shutdownNow();
        }
        startAgainWithoutViews();
        Green.assertVerified(directory);
        assertThat(Green.stored(directory)).hasSize(EVENTS);
    }

    /** All of them are read again at once, for the views, for the index of all moments and for the search. */
    private void startAgainWithoutViews() throws Exception {
        Files.delete(directory.resolve("views.db"));
        Files.delete(directory.resolve("timetravel.db"));
        Files.delete(directory.resolve("search.db"));
        try (ServiceProcess service = ServiceProcess.on(directory, "-Xmx" + HEAP)) {
            Awaitility.await("views made anew")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        assertThat(get(service, "/api/tasks/large-" + (EVENTS - 1))
                                        .statusCode())
                                .isEqualTo(200);
                        assertThat(json(service, "/api/state?limit=1")
                                        .get("position")
                                        .asLong())
                                .isEqualTo(EVENTS);
                        assertSearched(service);
                    });
            assertThat(get(service, "/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(service.toString()).doesNotContain("OutOfMemoryError");
            service.terminate();
        }
    }

    private void assertSearched(ServiceProcess service) throws Exception {
        JsonNode found = json(service, "/api/search?q=large-" + (EVENTS - 1));
        assertThat(found.get("position").asLong()).isEqualTo(EVENTS);
        assertThat(found.get("items").size()).isEqualTo(1);
    }

    private long post(ServiceProcess service, int first, int together) throws Exception {
        String body = IntStream.range(first, first + together)
                .mapToObj(n -> "{\"id\":\"e" + n + "\",\"type\":\"task:created\",\"aggregateId\":\"large-" + n
                        + "\",\"payload\":{\"title\":\"t\",\"description\":\"" + "y".repeat(SIZE) + "\"}}")
                .collect(Collectors.joining(",", "[", "]"));
        long start = System.nanoTime();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri(service, "/api/events"))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        millis.recordValue((System.nanoTime() - start) / 1_000_000);
        assertThat(answer.statusCode()).as("%s at %s", answer.body(), service).isEqualTo(201);
        return Json.mapper()
                .readTree(answer.body())
                .get(together - 1)
                .get("position")
                .asLong();
    }

    /** A consumer that reads everything, and counts it. */
    private void follow(ServiceProcess service, AtomicLong streamed) {
        try {
            long last = 0;
            while (true) {
                HttpResponse<Stream<String>> answer = http.send(
                        HttpRequest.newBuilder(uri(service, "/api/events/stream?afterPosition=" + last))
                                .build(),
                        BodyHandlers.ofLines());
                try (Stream<String> lines = answer.body()) {
                    lines.filter(line -> line.startsWith("data:{\"position\""))
                            .forEach(line -> streamed.incrementAndGet());
                }
                last = streamed.get();
            }
        } catch (IOException | RuntimeException ended) {
            streamed.addAndGet(0);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody who looks at the pages all the time. */
    private List<Integer> look(ServiceProcess service, AtomicBoolean over) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        while (!over.get()) {
            for (String page : List.of("/", "/tasks", "/events")) {
                statuses.add(get(service, page).statusCode());
            }
        }
        return statuses;
    }

    private void replay(ServiceProcess service) throws Exception {
        http.send(
                HttpRequest.newBuilder(uri(service, "/api/projections/task-history/replay"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
        Awaitility.await("a replay").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        json(service, "/api/projections/task-history/replay")
                                .get("state")
                                .asString())
                .isEqualTo("done"));
    }

    private JsonNode json(ServiceProcess service, String path) throws IOException, InterruptedException {
        return Json.mapper().readTree(get(service, path).body());
    }

    private HttpResponse<String> get(ServiceProcess service, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(service, path))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI uri(ServiceProcess service, String path) {
        return URI.create("http://127.0.0.1:" + service.port() + path);
    }
}
