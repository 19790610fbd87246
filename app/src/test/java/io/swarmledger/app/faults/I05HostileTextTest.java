package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.http.RawHttp;
import io.swarmledger.events.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** It is in every text that a foreign file may bring: ids, types and sources too, which commands would refuse. */
@DisplayName("I5 script, ANSI escapes, CSV formulas, javascript: in any text")
@ExtendWith(OutputCaptureExtension.class)
class I05HostileTextTest {

    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "javascript:alert(1)",
            "\u001b[2J\u001b[31mred",
            "\u001b]0;title\u0007",
            "\u001b]8;;https://evil.test\u001b\\link",
            "\u009b31mred",
            "=cmd|' /C calc'!A0",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "\t=1+1",
            "\u202Egnp.exe",
            "\u2066\u200b\u00ad\ufeff",
            "\uDB40\uDC41 tagged",
            "a\rb\nc\u2028d\u0085e\u000bf",
            "a\u0000b\u007fc\bd",
            "'; DROP TABLE DomainEventEntry; --");

    /** Whatever a terminal may take for an order, or for a direction to write in. */
    private static final String STEERS = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]";

    @TempDir
    static Path directory;

    private static Path data;
    private static int events;

    @BeforeAll
    static void importAll() throws Exception {
        data = directory.resolve("ledger");
        List<String> lines = new ArrayList<>();
        for (String text : HOSTILE) {
            lines.addAll(history(text));
        }
        events = lines.size();
        Path file = Files.write(directory.resolve("hostile.ndjson"), lines);
        Terminal.run("import", file, "--data", data).succeeded();
    }

    /** Events of four things whose ids, sources and contents are that text. */
    private static List<String> history(String text) {
        return List.of(
                event(
                        text,
                        "agent",
                        1,
                        "agent:spawned",
                        Map.of("role", text, "domain", text, "capabilities", Set.of(text))),
                event(text, "agent", 2, "agent:task-assigned", Map.of("taskId", text)),
                event(text, "agent", 3, "agent:failed", Map.of("error", text, "stack", text)),
                event(text, "task", 1, "task:created", Map.of("taskType", text, "title", text, "description", text)),
                event(text, "task", 2, "task:failed", Map.of("error", text)),
                event(text, "task", 3, "task:blocked", Map.of("blockedBy", Set.of(text))),
                event(text, "memory", 1, "memory:stored", Map.of("namespace", text, "key", text, "memoryType", text)),
                event(text, "swarm", 1, "swarm:initialized", Map.of("topology", text, "config", Map.of(text, text))),
                event(text, "swarm", 2, "swarm:phase-changed", Map.of("newPhase", text)),
                event(text, "swarm", 3, "swarm:error", Map.of("error", text)),
                event(text, "task", 4, text, Map.of(text, text)),
                event(text, "agent", 4, "agent:started", Map.of("startedAt", Map.of(text, text))));
    }

    private static String event(String text, String kind, int version, String type, Map<String, Object> payload) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", kind + version + text);
        event.put("type", type);
        event.put("aggregateId", kind + text);
        event.put("aggregateType", kind);
        event.put("version", version);
        event.put("timestamp", 1_767_517_200_030L);
        event.put("source", text);
        event.put("payload", payload);
        event.put("metadata", Map.of("swarmId", text, text, text));
        event.put("correlationId", text);
        event.put("causationId", version == 1 ? null : kind + (version - 1) + text);
        return Json.mapper().writeValueAsString(event);
    }

    private static Set<String> textsIn(JsonNode json) {
        Set<String> texts = new HashSet<>();
        collect(json, texts);
        return texts;
    }

    private static void collect(JsonNode json, Set<String> texts) {
        if (json.isString()) {
            texts.add(json.stringValue());
        }
        json.forEach(child -> collect(child, texts));
    }

    private static Terminal.Result assertFitForATerminal(Object... command) {
        Terminal.Result result = Terminal.run(command);
        assertThat(result.out() + result.err())
                .as(List.of(command).toString())
                .isNotBlank()
                .doesNotContainPattern(STEERS);
        return result;
    }

    private static Object[] withLimit(Object... query) {
        return query[1].equals("stats")
                ? query
                : Stream.concat(Stream.of(query), Stream.of("--limit", 1_000)).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"agents", "tasks", "memories", "swarms", "events", "stats"})
    void aTerminalIsShownItsCharactersAndNotSteered(String what) {
        String shown =
                assertFitForATerminal(withLimit("query", what, "--data", data)).out();
        assertThat(shown).contains("\\u001b[2J\\u001b[31mred", "\\u009b31mred", "\\u202egnp.exe", "<script>");
        int rows = (int) shown.strip().lines().count();

        Terminal.Result json = assertFitForATerminal(withLimit("query", what, "--json", "--data", data));
        if (what.equals("stats")) {
            assertThat(json.json().get("eventsByType").propertyNames()).containsAll(HOSTILE);
        } else {
            assertThat(textsIn(json.json())).as("the JSON of %s", what).containsAll(HOSTILE);
            assertThat(rows)
                    .as("lines: a header, and one a thing")
                    .isEqualTo(1 + json.json().get("items").size());
        }
    }

    @Test
    void norIsItByTheStateTheTraceOrTheFilesOfAHostileThing() throws Exception {
        for (String text : HOSTILE) {
            assertThat(text)
                    .isIn(textsIn(assertFitForATerminal("state", "task" + text, "--data", data)
                            .json()));
            assertThat(text)
                    .isIn(textsIn(
                            assertFitForATerminal("state", "agent" + text, "--version", 3, "--json", "--data", data)
                                    .json()));
            assertFitForATerminal("trace", "task2" + text, "--data", data);
            assertFitForATerminal("trace", "task2" + text, "--json", "--data", data);
            assertThat(assertFitForATerminal("state", "none" + text, "--data", data)
                            .exitCode())
                    .isEqualTo(1);
            assertThat(assertFitForATerminal("query", "events", "--cursor", "none" + text, "--data", data)
                            .exitCode())
                    .isEqualTo(2);
        }
        Path bad = Files.write(
                directory.resolve("bad.ndjson"),
                HOSTILE.stream()
                        .map(text -> event(text, "x", 1, "x", Map.of())
                                .replace("\"version\":1", "\"version\":" + quoted(text)))
                        .toList());
        assertThat(assertFitForATerminal("import", bad, "--data", data).exitCode())
                .isEqualTo(1);
        assertFitForATerminal("verify", "--data", data);
    }

    private static String quoted(String text) {
        return Json.mapper().writeValueAsString(text);
    }

    @Test
    void anExportIsJsonALineWhateverIsInIt() throws Exception {
        Path file = directory.resolve("export.ndjson");
        Terminal.run("export", file, "--data", data).succeeded();

        String export = Files.readString(file);
        assertThat(export).doesNotContainPattern("[\\x00-\\x1f&&[^\\n]]");
        List<String> lines = export.lines().toList();
        assertThat(lines).hasSize(events).allSatisfy(line -> assertThat(line).startsWith("{\"position\":"));
        Set<String> texts = new HashSet<>();
        lines.forEach(line -> texts.addAll(textsIn(Json.mapper().readTree(line))));
        assertThat(texts).containsAll(HOSTILE);
        Path again = directory.resolve("again");
        Terminal.run("import", file, "--data", again).succeeded();
        Path second = directory.resolve("second.ndjson");
        Terminal.run("export", second, "--data", again).succeeded();
        assertThat(withoutOwn(second)).isEqualTo(withoutOwn(file));
    }

    private static List<String> withoutOwn(Path export) throws Exception {
        return Files.readAllLines(export).stream()
                .map(line -> line.replaceFirst("\"recordedAt\":\\d+", ""))
                .toList();
    }

    @Test
    void anAnswerIsJsonAndNothingThatABrowserWouldRun(CapturedOutput output) throws Exception {
        // Made anew, so that what cannot be read is met by the service, and its log tells of it.
        Files.delete(new LedgerFiles(data).views());
        try (HttpLedger ledger = HttpLedger.in(data)) {
            for (String list : List.of("events", "agents", "tasks", "memories", "swarms", "memories/cold")) {
                Answer answer = assertJson(ledger.get("/api/" + list + "?limit=1000&minPosition=" + events), 200);
                assertThat(textsIn(answer.json())).as(list).containsAll(HOSTILE);
            }
            assertThat(assertJson(ledger.get("/api/stats"), 200)
                            .json()
                            .get("eventsByType")
                            .propertyNames())
                    .containsAll(HOSTILE);
            assertThat(assertJson(ledger.get("/api/memories/namespaces"), 200).text())
                    .contains("<script>");
            for (String text : HOSTILE) {
                String id = URLEncoder.encode("task" + text, StandardCharsets.UTF_8);
                assertThat(assertJson(ledger.get("/api/tasks?id=" + id), 200)
                                .json()
                                .get("title")
                                .stringValue())
                        .isEqualTo(text);
                assertThat(textsIn(assertJson(ledger.get("/api/aggregates/events?id=" + id), 200)
                                .json()))
                        .contains(text);
                String value = URLEncoder.encode(text, StandardCharsets.UTF_8);
                assertProblem(ledger.get("/api/tasks?id=none" + value), 404);
                assertProblem(ledger.get("/api/tasks?cursor=" + value), 400);
                assertProblem(ledger.get("/api/tasks?limit=" + value), 400);
                assertProblem(ledger.get("/api/tasks?" + value + "=1"), 400);
                assertProblem(
                        ledger.post("/api/tasks", "{" + quoted(text) + ":1,\"taskId\":" + quoted(text) + "}"), 400);
                assertProblem(ledger.post("/api/events", "[" + quoted(text) + "]"), 400);
            }
            assertThat(ledger.get("/api/none/%3Cscript%3E").status()).isIn(400, 404);
            assertNoPage(RawHttp.send(ledger.port(), "GET", "/<script>", "", "Host: 127.0.0.1"));
            assertNoPage(RawHttp.send(ledger.port(), "<script>", "/api/tasks", "", "Host: 127.0.0.1"));
            assertNoPage(RawHttp.send(ledger.port(), "GET", "/api/tasks", "", "Host: <script>"));
        }
        assertThat(output.getAll()).as("the service's own log").doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n\\r\\t]]");
    }

    private static Answer assertJson(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertHeaders(answer, "application/json");
        return answer;
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertHeaders(answer, "application/problem+json");
        assertThat(answer.json().get("status").intValue()).isEqualTo(status);
    }

    private static void assertHeaders(Answer answer, String type) {
        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'self'");
    }

    private static void assertNoPage(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }

    @Test
    void aStreamHasAMessageAnEventWhateverIsInIt() throws Exception {
        try (HttpLedger ledger = HttpLedger.in(data)) {
            HttpResponse<Stream<String>> stream = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(ledger.uri("/api/events/stream"))
                                    .build(),
                            BodyHandlers.ofLines());
            assertThat(stream.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            try (Stream<String> lines = stream.body()) {
                List<String> messages =
                        lines.filter(line -> !line.isEmpty()).limit(2L * events).toList();
                Set<String> texts = new HashSet<>();
                for (int i = 0; i < events; i++) {
                    assertThat(messages.get(2 * i)).isEqualTo("id:" + (i + 1));
                    assertThat(messages.get(2 * i + 1)).startsWith("data:{");
                    texts.addAll(textsIn(
                            Json.mapper().readTree(messages.get(2 * i + 1).substring("data:".length()))));
                }
                assertThat(texts).containsAll(HOSTILE);
            }
        }
    }

    @Test
    void thePageThatShowsTheApiShowsNothingThatIsStoredAndTakesNoOrders() throws Exception {
        try (HttpLedger ledger = HttpLedger.in(data)) {
            String description = ledger.get("/v3/api-docs").text();
            assertThat(HOSTILE).noneMatch(description::contains);
            assertThat(description).doesNotContain("alert(1)");
            String orders = "?url=javascript:alert(1)&configUrl=https://evil.test/x.json&queryConfigEnabled=true";
            for (String page : List.of(
                    "/swagger-ui/index.html", "/swagger-ui/swagger-initializer.js", "/v3/api-docs/swagger-config")) {
                Answer plain = ledger.get(page);
                assertThat(plain.status()).as(page).isEqualTo(200);
                assertThat(ledger.get(page + orders).text()).as(page).isEqualTo(plain.text());
                assertThat(plain.header("X-Content-Type-Options")).isEqualTo("nosniff");
            }
            assertThat(ledger.get("/v3/api-docs/swagger-config")
                            .json()
                            .path("queryConfigEnabled")
                            .asBoolean(false))
                    .isFalse();
            assertThat(ledger.get("/swagger-ui/swagger-initializer.js").text())
                    .doesNotContain("\"queryConfigEnabled\" : true");
            URI location = URI.create(ledger.get("/swagger-ui.html" + orders).header("Location"));
            assertThat(location.getPath()).isEqualTo("/swagger-ui/index.html");
            assertThat(location.isAbsolute()).isFalse();
        }
    }
}
