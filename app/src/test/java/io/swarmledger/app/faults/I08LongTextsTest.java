package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.events.Json;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.Positions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What commands refuse is there all the same, brought by an import: a page shows as much of it as it can. */
@DisplayName("I8 texts that are too long to be names, at the door and on the page")
@ExtendWith(OutputCaptureExtension.class)
class I08LongTextsTest {

    private static final String LONG = "x".repeat(100_001);
    private static final String VERY_LONG = "é".repeat(5_000_000);
    private static final int LIMIT = 1_000;

    @TempDir
    static Path directory;

    private static HttpLedger ledger;

    @BeforeAll
    static void open() throws Exception {
        Path data = directory.resolve("ledger");
        List<String> lines = new ArrayList<>(history("a", LONG, LONG));
        lines.add(event("b", VERY_LONG, "agent", 1, "agent:spawned", LONG, Map.of("role", "r")));
        lines.add(event("b", VERY_LONG, "task", 1, "task:created", LONG, Map.of("title", "t")));
        lines.add(event("b", VERY_LONG, "memory", 1, "memory:stored", LONG, Map.of("namespace", "n", "key", "k")));
        Path file = Files.write(directory.resolve("long.ndjson"), lines);
        Terminal.run("import", file, "--data", data).succeeded();
        ledger = HttpLedger.in(data);
        Positions positions = ledger.bean(Positions.class);
        for (String name : ReadModels.ofLedger().projections()) {
            positions.await(name, positions.of(LedgerQuery.LOG), Duration.ofMinutes(1));
        }
        positions.await(LedgerQuery.TIME_TRAVEL, positions.of(LedgerQuery.LOG), Duration.ofMinutes(1));
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static List<String> history(String events, String id, String text) {
        Map<String, Object> failure = Map.of("error", text, "stack", text);
        return List.of(
                event(events, id, "agent", 1, "agent:spawned", text, Map.of("role", text, "domain", text)),
                event(events, id, "agent", 2, "agent:task-assigned", text, Map.of("taskId", id)),
                event(events, id, "agent", 3, "agent:failed", text, failure),
                event(events, id, "task", 1, "task:created", text, Map.of("taskType", text, "title", text)),
                event(events, id, "task", 2, "task:failed", text, Map.of("error", text)),
                event(events, id, "task", 3, "task:blocked", text, Map.of("blockedBy", Set.of(id))),
                event(events, id, "memory", 1, "memory:stored", text, Map.of("namespace", text, "key", text)),
                event(events, id, "memory", 2, "memory:retrieved", text, Map.of()),
                event(events, id, "swarm", 1, "swarm:initialized", text, Map.of("topology", text)),
                event(events, id, "swarm", 2, "swarm:phase-changed", text, Map.of("newPhase", text)),
                event(events, id, "swarm", 3, "swarm:error", text, failure),
                event(events, id, "task", 4, "task:" + text, text, Map.of("told", text)));
    }

    /** The event's own id is short at its first version, so that it can be asked for, and as long as the text later. */
    private static String event(
            String events, String id, String kind, int version, String type, String text, Map<String, Object> payload) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", events + kind + version + (version == 2 ? text : ""));
        event.put("type", type);
        event.put("aggregateId", kind + id);
        event.put("aggregateType", kind);
        event.put("version", version);
        event.put("timestamp", 1_767_517_200_030L);
        event.put("source", text);
        event.put("payload", payload);
        event.put("metadata", Map.of("swarmId", text, "more", text));
        event.put("correlationId", text);
        event.put("causationId", version == 1 ? null : events + kind + (version - 1) + (version == 3 ? text : ""));
        return Json.mapper().writeValueAsString(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/overview/later",
                "/agents",
                "/agents/metrics",
                "/agents?health=ok",
                "/tasks",
                "/tasks/later",
                "/tasks?view=timeline",
                "/tasks?view=graph",
                "/memory",
                "/memory?includeDeleted=true",
                "/events",
                "/events?event=aagent1",
                "/events?event=atask3",
                "/failures",
                "/incidents",
                "/failures/differences",
                "/attempts",
                "/suspects?swarmId=swarm",
                "/run?swarmId=swarm",
                "/run/later?swarmId=swarm",
                "/operations",
                "/time",
                "/time?position=3",
                "/time/later",
                "/trace/aagent1",
                "/trace/atask3",
                "/trace/amemory1",
                "/trace/bagent1",
                "/evidence?type=task&field=status",
                "/evidence?type=memory&field=size"
            })
    void everyPageIsWholeAndSaysHowMuchItLeavesOut(String path, CapturedOutput output) {
        Answer page = ledger.get(path, "Accept", "text/html");

        assertThat(page.status())
                .as(path + ": " + page.text().lines().limit(5).toList())
                .isIn(200, 404);
        assertThat(page.text().stripTrailing()).as(path).endsWith(">");
        assertThat(page.text()).doesNotContain(LONG).hasSizeLessThan(2_000_000);
        assertThat(output.getAll()).doesNotContain(" ERROR ", "SpelEvaluationException");
    }

    @Test
    void whatIsLeftOutIsCounted() {
        assertThat(ledger.get("/memory").text()).contains(" characters more)");
        assertThat(ledger.get("/agents").text()).contains(" characters more)");
    }

    @Test
    void anAnswerInJsonHasAllOfIt() {
        assertThat(ledger.get("/api/events/aagent1")
                        .json()
                        .get("payload")
                        .get("role")
                        .stringValue())
                .isEqualTo(LONG);
        assertThat(ledger.get("/api/agents").text()).contains(VERY_LONG);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/agents, agentId, role",
        "/api/agents, agentId, domain",
        "/api/tasks, taskId, title",
        "/api/tasks, taskId, taskType",
        "/api/memories, memoryId, namespace",
        "/api/memories, memoryId, key",
        "/api/memories, memoryId, memoryType",
        "/api/swarms, swarmId, topology"
    })
    void aNameHasALengthAtTheDoor(String path, String id, String field) {
        String others = "\"namespace\":\"n\",\"key\":\"k\",\"topology\":\"mesh\"";
        String known = path.equals("/api/memories")
                ? "\"namespace\":\"n\",\"key\":\"k\",\"memoryType\":\"t\""
                : path.equals("/api/swarms") ? "\"topology\":\"mesh\"" : "";
        String rest = known.replaceAll("\"" + field + "\":\"[^\"]*\",?", "").replaceAll(",$", "");
        for (int length : new int[] {LIMIT, LIMIT + 1}) {
            String body = "{\"" + id + "\":\"" + field + length + "\",\"" + field + "\":\"" + "y".repeat(length) + "\""
                    + (rest.isEmpty() ? "" : "," + rest) + "}";
            Answer answer = ledger.post(path, body);

            assertThat(answer.status()).as(others + answer.text()).isEqualTo(length > LIMIT ? 422 : 201);
            if (length > LIMIT) {
                assertThat(answer.json().get("field").stringValue()).isEqualTo(field);
                assertThat(answer.json().get("detail").stringValue()).contains("1001", "1000");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"decide", "observe"})
    void soDoesWhateverSurroundsAnEventOrIsListedInIt(String mode) {
        String text = "y".repeat(LIMIT + 1);
        assertRefused(mode, "source", "\"payload\":{\"role\":\"r\"},\"source\":\"" + text + '"');
        assertRefused(mode, "correlationId", "\"payload\":{\"role\":\"r\"},\"correlationId\":\"" + text + '"');
        assertRefused(
                mode, "metadata.swarmId", "\"payload\":{\"role\":\"r\"},\"metadata\":{\"swarmId\":\"" + text + "\"}");
        assertRefused(mode, "role", "\"payload\":{\"role\":\"" + text + "\"}");
        assertRefused(mode, "capabilities[1]", "\"payload\":{\"capabilities\":[\"one\",\"" + text + "\"]}");
    }

    private static void assertRefused(String mode, String field, String rest) {
        Answer answer = ledger.post(
                "/api/events?mode=" + mode,
                "[{\"type\":\"agent:spawned\",\"aggregateId\":\"" + mode + "\"," + rest + "}]");
        assertThat(answer.status()).as(field + ": " + answer.text()).isEqualTo(422);
        assertThat(answer.json().get("field").stringValue()).isEqualTo(field);
        assertThat(answer.json().get("index").intValue()).isZero();
    }

    @Test
    void whatIsToldAtLengthMayBeAsLongAsAnEvent() {
        String text = "y".repeat(500_000);
        assertThat(ledger.post("/api/tasks", "{\"taskId\":\"told\",\"description\":\"" + text + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(ledger.post("/api/tasks/told/fail", "{\"error\":\"" + text + "\",\"stack\":\"s\"}")
                        .status())
                .as("a rule's answer: it was not started")
                .isIn(200, 201);
        assertThat(ledger.get("/tasks").status()).isEqualTo(200);
    }
}
