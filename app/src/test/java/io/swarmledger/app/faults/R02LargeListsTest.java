package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.SwarmLedger;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Lists of more than the heap holds, asked for with the highest limit there is: each page ends before the heap does, the
 * pages together have everything, and nobody's question ends the service.
 */
class R02LargeListsTest {

    private static final int TASKS = 1_500;
    private static final String TEXT = "y".repeat(100_000);

    @TempDir
    static Path directory;

    private static ServiceProcess service;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ExecutorService CALLERS = Executors.newCachedThreadPool();

    @BeforeAll
    static void serve() throws Exception {
        try (TestLedger ledger = TestLedger.in(directory)) {
            for (int from = 0; from < TASKS; from += 100) {
                int first = from;
                ledger.log().writer().bulk((inserter, connection) -> {
                    for (int i = first; i < first + 100; i++) {
                        inserter.insert(task(i));
                    }
                    return null;
                });
                ledger.caughtUp();
            }
        }
        service = ServiceProcess.on(directory, "-Xmx256m");
    }

    @AfterAll
    static void end() {
        CALLERS.shutdownNow();
        service.close();
    }

    private static EventRow task(int i) {
        return new EventRow(
                "e-" + i,
                id(i),
                0,
                "task",
                1_767_517_200_000L + i,
                "task:created",
                "1",
                "{\"taskId\":\"" + id(i) + "\",\"taskType\":\"x\",\"title\":\"t\",\"description\":\"" + TEXT
                        + "\",\"priority\":\"high\",\"dependencies\":[],\"createdAt\":1767517200000}",
                "{}",
                "swarm",
                i == 0 ? null : "e-0",
                null,
                "swarm",
                null);
    }

    private static String id(int i) {
        return String.format("t-%05d", i);
    }

    private static HttpResponse<String> get(String path) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(path + ": " + service, failure);
        }
    }

    /** The page at that path, as soon as there is room for it. */
    private static JsonNode page(String path) {
        List<JsonNode> page = new ArrayList<>();
        Awaitility.await()
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .atMost(90, TimeUnit.SECONDS)
                .until(() -> {
                    HttpResponse<String> answer = get(path);
                    if (answer.statusCode() == 503) {
                        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                        return false;
                    }
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    page.add(Json.mapper().readTree(answer.body()));
                    return true;
                });
        return page.get(0);
    }

    /** The ids of all items; those of pages behind the first come by their cursor. */
    private static Set<String> walk(String path, Function<JsonNode, JsonNode> list, String idField) {
        Set<String> ids = new TreeSet<>();
        String cursor = null;
        int items = 0;
        do {
            JsonNode page = list.apply(page(
                    cursor == null ? path : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            for (JsonNode item : page.get("items")) {
                ids.add(item.get(idField).stringValue());
                items++;
            }
            cursor = page.get("next").isNull() ? null : page.get("next").stringValue();
        } while (cursor != null);
        assertThat(items).as("each once").isEqualTo(ids.size());
        return ids;
    }

    @ParameterizedTest
    @CsvSource({
        "/api/tasks?limit=100000, /, id",
        "/api/events?limit=10000, /, aggregateId",
        "/api/events?limit=10000&order=desc, /, aggregateId",
        "/api/state?limit=100000, /tasks, id",
        "/api/state/diff?from=0&limit=10000, /changes, id",
        "/api/evidence?type=task&field=description&limit=100, /, id",
    })
    void everythingIsOnSomePage(String path, String list, String idField) {
        Set<String> ids = walk(path, answer -> list.equals("/") ? answer : answer.at(list), idField);
        assertThat(ids).hasSize(TASKS).contains(id(0), id(TASKS - 1));
        assertAlive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/tasks?limit=100000", "/api/events?limit=10000", "/api/state?limit=100000"})
    void manyWhoAskAtOnceAreAnsweredOrToldToComeAgain(String path) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> get(path).statusCode(), CALLERS));
        }
        assertThat(answers.stream().map(CompletableFuture::join).toList())
                .allMatch(status -> status == 200 || status == 503)
                .contains(200);
        assertAlive();
    }

    /** Each names the first as its cause: the trace says that there are more effects than it shows. */
    @Test
    void aTraceSaysWhatItLeavesOut() {
        JsonNode trace = page("/api/events/e-0/trace?limit=1000");
        assertThat(trace.get("isWhole").booleanValue()).isFalse();
        assertThat(trace.get("effects").size()).isBetween(1, TASKS - 2);
        assertAlive();
    }

    private static void assertAlive() {
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(page("/api/tasks/" + id(7)).get("id").stringValue()).isEqualTo(id(7));
        assertThat(service.toString()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void theCommandLineAnswersBesideIt() throws Exception {
        assertThat(run("query", "tasks", "--limit", "3")).isZero();
        assertThat(run("state", "--all", "--limit", "3")).isZero();
        assertThat(run("state", "--all", "--limit", "100000", "--json")).isZero();
    }

    private static int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SwarmLedger.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
