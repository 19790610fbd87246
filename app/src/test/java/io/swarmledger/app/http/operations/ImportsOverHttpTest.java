package io.swarmledger.app.http.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.cli.Terminal.Result;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.imports.ClaudeFlowDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What others recorded, sent to a ledger that is in use. */
class ImportsOverHttpTest {

    private static final Path SESSIONS = Path.of("src/test/resources/claude-code");
    private static final Path STATE = Path.of("src/test/resources/claude-flow-state");
    private static final String FACTS = "{\"facts\":1}\n";

    @TempDir
    private static Path directory;

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.in(directory.resolve("ledger"), "swarm-ledger.imports.max-size=3MB");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static Answer send(String query, byte[] body) {
        return ledger.send(ledger.request("/api/imports" + query)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static JsonNode ended(Answer begun) {
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> ledger.get(begun.header("Location")).json(),
                        operation -> !operation.path("finishedAt").isNull());
    }

    private static JsonNode take(String query, String body) {
        JsonNode operation = ended(send(query, body.getBytes(StandardCharsets.UTF_8)));
        assertThat(operation.path("kind").asString()).isEqualTo("import");
        return operation;
    }

    private static String fact(String id, String type, String agent) {
        return "{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"aggregateId\":\"" + agent
                + "\",\"timestamp\":1767517200030,\"payload\":{\"agentId\":\"" + agent + "\"}}\n";
    }

    private static long eventsOf(String agent) {
        return ledger.get("/api/aggregates/" + agent + "/events")
                .json()
                .path("items")
                .size();
    }

    @Test
    void aFileIsTakenFollowedAndTakenOnce() throws Exception {
        byte[] memories = Files.readAllBytes(STATE.resolve("memory.db"));

        JsonNode first = ended(send("", memories));

        assertThat(first.path("state").asString()).isEqualTo("done");
        assertThat(first.path("result").path("added").asInt()).isEqualTo(4);
        assertThat(first.path("result").path("unreadCount").asInt()).isZero();
        assertThat(ended(send("", memories)).path("result").path("added").asInt())
                .isZero();
        long head = ledger.get("/api/events?limit=1&order=desc")
                .json()
                .path("items")
                .get(0)
                .path("position")
                .asLong();
        assertThat(ledger.get("/api/memories?namespace=parser&minPosition=" + head)
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void factsInLinesGetTheNextVersionsAndWhatIsNoneIsTold() {
        JsonNode operation = take(
                "?prefix=p.&content=none",
                "{\"facts\": 1}\n" + fact("f-1", "agent:spawned", "lines") + "{\"id\":\"f-2\"}\n"
                        + fact("f-3", "agent:started", "lines") + "{\"id\":\"f-4\",\"ty");

        JsonNode result = operation.path("result");
        assertThat(result.path("added").asInt()).isEqualTo(2);
        assertThat(result.path("unreadCount").asInt()).isEqualTo(2);
        assertThat(result.path("unread").get(0).path("line").asInt()).isEqualTo(3);
        assertThat(result.path("unread").get(0).path("file").asString()).isEqualTo("upload");
        assertThat(eventsOf("p.lines")).isEqualTo(2);
    }

    @Test
    void whatCannotBeImportedAsAWholeLeavesNothingAndSaysWhy() throws Exception {
        Path file = ClaudeFlowDatabase.empty(directory.resolve("bad.db"));
        ClaudeFlowDatabase.event(file, "good", "aggregate_id", "whole");
        ClaudeFlowDatabase.event(file, "bad", "aggregate_id", "whole", "version", 2, "payload", "no json");

        JsonNode operation = ended(send("", Files.readAllBytes(file)));

        assertThat(operation.path("state").asString()).isEqualTo("failed");
        assertThat(operation.path("problem").path("status").asInt()).isEqualTo(409);
        assertThat(operation.path("problem").path("detail").asString())
                .startsWith("Nothing was imported: upload has 1 defect:")
                .contains("row 2, column payload");
        assertThat(eventsOf("whole")).isZero();
    }

    /** What a command has left in memory is behind the log then; what it decides afterwards must not be. */
    @Test
    void commandsOnAnAggregateBeforeAndAfterAnImportIntoItAreRight() {
        assertThat(ledger.post("/api/agents", "{\"agentId\":\"used\",\"role\":\"coder\"}")
                        .status())
                .isEqualTo(201);
        assertThat(ledger.post("/api/agents/used/assign", "{\"taskId\":\"t-1\"}")
                        .status())
                .isLessThan(300);

        take("", FACTS + fact("used-3", "agent:stopped", "used"));
        Answer refused = ledger.post("/api/agents/used/assign", "{\"taskId\":\"t-2\"}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);

        take(
                "",
                "{\"id\":\"used-4\",\"type\":\"agent:started\",\"aggregateId\":\"used\",\"aggregateType\":\"agent\","
                        + "\"version\":4,\"timestamp\":1767517200030,\"source\":\"swarm\",\"payload\":{\"agentId\":\"used\"}}");
        Answer accepted = ledger.post("/api/agents/used/assign", "{\"taskId\":\"t-2\"}", "If-Match", "4");
        assertThat(accepted.status()).as(accepted.text()).isLessThan(300);
        assertThat(accepted.json().path("version").asInt()).isEqualTo(5);
        JsonNode agent = ledger.get("/api/agents/used?minPosition="
                        + accepted.json().path("position").asLong())
                .json();
        assertThat(agent.path("currentTask").asString()).isEqualTo("t-2");
    }

    @Test
    void commandsGoOnWhileManyFactsAreTakenAndNoneIsLost() {
        String many = IntStream.range(0, 12_000)
                .mapToObj(i -> fact("many-" + i, "agent:started", "busy-" + i % 5))
                .collect(Collectors.joining("", FACTS, ""));
        Answer begun = send("", many.getBytes(StandardCharsets.UTF_8));
        List<Integer> answered = new ArrayList<>();
        JsonNode operation = ledger.get(begun.header("Location")).json();
        while (operation.path("finishedAt").isNull()) {
            Answer answer = ledger.post(
                    "/api/events",
                    "{\"type\":\"agent:spawned\",\"aggregateId\":\"busy-" + answered.size() % 5
                            + "\",\"payload\":{\"role\":\"coder\"}}",
                    "Idempotency-Key",
                    "live-" + answered.size());
            answered.add(answer.status());
            operation = ledger.get(begun.header("Location")).json();
        }

        assertThat(operation.path("result").path("added").asInt()).isEqualTo(12_000);
        assertThat(answered).isNotEmpty().allMatch(status -> status == 201 || status == 409);
        long live = answered.stream().filter(status -> status == 201).count();
        assertThat(ledger.get("/api/stats?top=100").json().path("totalEvents").asLong())
                .isGreaterThanOrEqualTo(12_000 + live);
        Answer verify = ledger.post("/api/operations/verify", "");
        assertThat(ended(verify).path("result").path("ok").asBoolean(true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"?content=some, 400", "?prefix=a b, 400", "?prefx=a, 400"})
    void whatIsWishedWronglyIsRefused(String query, int status) {
        assertThat(send(query.replace(" ", "%20"), new byte[] {1}).status()).isEqualTo(status);
    }

    @Test
    void whatIsEmptyUnknownOrTooLargeIsRefused() {
        assertThat(send("", new byte[0]).status()).isEqualTo(400);
        assertThat(ended(send("", "what?".getBytes(StandardCharsets.UTF_8)))
                        .path("problem")
                        .path("detail")
                        .asString())
                .contains("upload: is neither");
        Answer told = send("", new byte[(3 << 20) + 1]);
        assertThat(told.status()).isEqualTo(413);
        assertThat(told.text()).contains("swarm-ledger.imports.max-size");
        Answer untold = ledger.send(ledger.request("/api/imports")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[(3 << 20) + 1]))));
        assertThat(untold.status()).isEqualTo(413);
    }

    @Test
    void theCommandLineSendsFoldersFilesAndItsInput() throws Exception {
        String to = "http://127.0.0.1:" + ledger.port();

        Result sessions = Terminal.run("import", SESSIONS, "--to", to).succeeded();
        assertThat(sessions.err()).matches("(?s)[1-9]\\d* events added, 0 were there already.*records passed over.*");
        assertThat(Terminal.run("import", SESSIONS.resolve("projects"), "--to", to + "/")
                        .succeeded()
                        .err())
                .startsWith("0 events added");

        Path edge = ClaudeFlowDatabase.original("edge", directory);
        assertThat(Terminal.run("import", edge, "--to", to, "--prefix", "e.")
                        .succeeded()
                        .err())
                .startsWith("25 events added");

        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((FACTS + fact("in-1", "agent:spawned", "in")).getBytes()));
        try {
            assertThat(Terminal.run("import", "-", "--to", to).succeeded().err())
                    .startsWith("1 events added");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void anotherImportFromAfarAddsWhatHasChangedToo() throws Exception {
        String to = "http://127.0.0.1:" + ledger.port();
        Path store = directory.resolve("agents.json");
        for (String status : List.of("idle", "busy", "idle")) {
            Files.writeString(
                    store,
                    "{\"agents\":{\"afar\":{\"agentId\":\"afar\",\"agentType\":\"x\",\"status\":\"" + status
                            + "\",\"createdAt\":\"2026-11-29T16:00:00Z\"}}}");
            assertThat(Terminal.run("import", store, "--to", to).succeeded().err())
                    .startsWith("1 events added");
        }
        assertThat(eventsOf("afar")).isEqualTo(3);
    }

    @Test
    void whatGoesWrongOnTheWayIsSaidInOneSentence() throws IOException {
        Path file = Files.writeString(directory.resolve("none.txt"), "what?");
        Result unreachable = Terminal.run("import", STATE, "--to", "http://127.0.0.1:1");
        assertThat(unreachable.exitCode()).isEqualTo(1);
        assertThat(unreachable.err()).contains("No ledger answers at http://127.0.0.1:1");
        Result unknown = Terminal.run("import", file, "--to", "http://127.0.0.1:" + ledger.port());
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("none.txt: is neither");
        assertThat(Terminal.run("import", file, "--to", "http://127.0.0.1:1", "--follow")
                        .exitCode())
                .isEqualTo(2);
    }
}
