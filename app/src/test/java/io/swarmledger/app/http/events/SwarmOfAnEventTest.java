package io.swarmledger.app.http.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An event belongs to its aggregate's swarm unless it says otherwise, and what happens to a swarm to that swarm. */
class SwarmOfAnEventTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void start() {
        // A snapshot after every third event, and an aggregate stays in memory until another one comes.
        ledger = HttpLedger.inMemory("swarm-ledger.snapshot.threshold=3", "swarm-ledger.aggregate-cache=1");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static long position;

    private static Answer post(String path, String body) {
        Answer answer = ledger.post(path, body);
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        JsonNode json = answer.json();
        position = (json.isArray() ? json.get(json.size() - 1) : json)
                .get("position")
                .asLong();
        return answer;
    }

    private static long total(String path) {
        Answer answer = ledger.get(path + (path.contains("?") ? "&" : "?") + "minPosition=" + position);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("total").asLong();
    }

    private static List<String> swarmsOf(String aggregate) {
        List<String> swarms = new ArrayList<>();
        ledger.get("/api/aggregates/" + aggregate + "/events")
                .json()
                .path("items")
                .forEach(event -> swarms.add(event.get("swarmId").stringValue()));
        return swarms;
    }

    private static String event(String type, String aggregate, String payload, String more) {
        return "{\"type\":\"" + type + "\",\"aggregateId\":\"" + aggregate + "\",\"payload\":" + payload + more + "}";
    }

    private static String in(String swarm) {
        return ",\"metadata\":{\"swarmId\":\"" + swarm + "\"}";
    }

    @Test
    void everyAnswerAboutASwarmHasWhatFollowed() {
        post(
                "/api/events",
                "["
                        + String.join(
                                ",",
                                event("swarm:initialized", "run-7", "{\"topology\":\"mesh\",\"maxAgents\":3}", ""),
                                event("agent:spawned", "a", "{\"role\":\"coder\"}", in("run-7")),
                                event("task:created", "t", "{\"title\":\"Build\"}", in("run-7")),
                                event("task:started", "t", "{\"agentId\":\"a\"}", ""),
                                event("task:failed", "t", "{\"error\":\"boom\"}", ""))
                        + "]");
        post("/api/swarms/run-7/terminate", "{\"reason\":\"done\"}");
        post("/api/swarms", "{\"swarmId\":\"run-8\",\"topology\":\"mesh\",\"maxAgents\":2}");

        assertThat(total("/api/events?swarmId=run-7")).isEqualTo(6);
        assertThat(total("/api/tasks?swarmId=run-7&status=failed")).isEqualTo(1);
        assertThat(ledger.get("/api/failures?swarmId=run-7").text()).contains("boom");
        assertThat(ledger.get("/api/stats?swarmId=run-7")
                        .json()
                        .path("totalEvents")
                        .asLong())
                .isEqualTo(6);
        assertThat(ledger.get("/api/swarms?swarmId=run-7&minPosition=" + position)
                        .json()
                        .path("items")
                        .path(0)
                        .path("status")
                        .stringValue())
                .isEqualTo("terminated");
        assertThat(total("/api/swarms?swarmId=run-8")).isEqualTo(1);
        assertThat(ledger.get("/api/state/diff?from=0&to=" + position + "&swarmId=run-7&minPosition=" + position)
                        .text())
                .contains("\"failed\"", "terminated")
                .doesNotContain("run-8");
    }

    @Test
    void itIsKnownBehindASnapshotAndOfWhatIsNoLongerInMemory() {
        post(
                "/api/events",
                event("memory:stored", "m", "{\"namespace\":\"n\",\"key\":\"k\",\"memoryType\":\"x\"}", in("run-9")));
        for (int i = 0; i < 8; i++) {
            post("/api/memories/m/retrieve", "{}");
            post("/api/agents", "{\"agentId\":\"other-" + i + "\",\"role\":\"coder\"}");
            post(
                    "/api/memories",
                    "{\"memoryId\":\"other-m-" + i + "\",\"namespace\":\"n\",\"key\":\"k\",\"memoryType\":\"x\"}");
        }

        assertThat(swarmsOf("m")).hasSize(9).containsOnly("run-9");
        assertThat(swarmsOf("other-3")).containsExactly("swarm");
    }

    @Test
    void itIsKnownToWhatIsObservedAndToTypesThatNobodyKnows() {
        String lines = String.join(
                "\n",
                event("agent:cloned", "c", "{}", ",\"aggregateType\":\"agent\"" + in("run-5")),
                event("agent:started", "c", "{}", ""),
                event("agent:dreamt", "c", "{}", ",\"aggregateType\":\"agent\""),
                event("agent:stopped", "c", "{}", in("run-6")),
                event("agent:dreamt", "c", "{}", ",\"aggregateType\":\"agent\",\"swarmId\":\"run-5\""),
                event("swarm:dreamt", "run-5", "{}", ",\"aggregateType\":\"swarm\""));
        Answer answer = ledger.send(ledger.request("/api/events?mode=observe")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines + "\n")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);

        assertThat(swarmsOf("c")).containsExactly("run-5", "run-5", "run-5", "run-6", "run-5");
        assertThat(swarmsOf("run-5")).containsExactly("run-5");
    }

    @Test
    void aSwarmThatTheCallerTellsOtherwiseIsRefused() {
        post("/api/events", event("task:created", "said", "{\"title\":\"T\"}", in("run-1")));

        Answer answer = ledger.post("/api/events", event("task:queued", "said", "{}", ",\"swarmId\":\"run-2\""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("field").stringValue()).isEqualTo("swarmId");
        assertThat(answer.text()).contains("run-1");
        post("/api/events", event("task:queued", "said", "{}", ",\"swarmId\":\"run-1\""));
        assertThat(swarmsOf("said")).containsExactly("run-1", "run-1");
    }

    @Test
    void nothingCausesItself() {
        String self = ",\"id\":\"self\",\"causationId\":\"self\"";
        for (String mode : List.of("decide", "observe")) {
            Answer answer =
                    ledger.post("/api/events?mode=" + mode, event("task:created", "caused", "{\"title\":\"T\"}", self));
            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
            assertThat(answer.json().path("field").stringValue()).isEqualTo("causationId");
        }
        assertThat(ledger.post(
                                "/api/tasks",
                                "{\"taskId\":\"caused\",\"title\":\"T\",\"causationId\":\"key\"}",
                                "Idempotency-Key",
                                "key")
                        .status())
                .isEqualTo(422);
        assertThat(ledger.get("/api/aggregates/caused/events").status()).isEqualTo(404);
    }

    @Test
    void durationsThatNoClockMeasuresAreRefused() {
        post("/api/agents", "{\"agentId\":\"slow\",\"role\":\"coder\"}");
        post("/api/agents/slow/assign", "{\"taskId\":\"long\"}");
        for (String field : List.of("duration", "completedAt")) {
            for (String mode : List.of("decide", "observe")) {
                Answer answer = ledger.post(
                        "/api/events?mode=" + mode,
                        event("agent:task-completed", "slow", "{\"taskId\":\"long\",\"" + field + "\":1.7e308}", ""));
                assertThat(answer.status()).as(answer.text()).isEqualTo(422);
                assertThat(answer.json().path("field").stringValue()).endsWith(field);
            }
        }
    }

    @Test
    void durationsAndCountsBelowZeroAreRefusedInEitherMode() {
        post("/api/agents", "{\"agentId\":\"hasty\",\"role\":\"coder\"}");
        post("/api/agents/hasty/assign", "{\"taskId\":\"undone\"}");
        for (String mode : List.of("decide", "observe")) {
            requireRefused(mode, event("agent:task-completed", "hasty", "{\"taskId\":\"undone\",\"duration\":-5}", ""));
            requireRefused(mode, event("task:completed", "undone", "{\"duration\":-0.25}", ""));
            requireRefused(mode, event("task:failed", "undone", "{\"error\":\"x\",\"retryCount\":-1}", ""));
            requireRefused(mode, event("memory:stored", "less", "{\"namespace\":\"n\",\"key\":\"k\",\"size\":-1}", ""));
        }
    }

    private static void requireRefused(String mode, String event) {
        Answer answer = ledger.post("/api/events?mode=" + mode, event);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("detail").stringValue()).contains("less than 0");
    }

    @Test
    void aCompletionThatIsToldTwiceCountsOnceAndIsNoted() {
        post("/api/agents", "{\"agentId\":\"twice\",\"role\":\"coder\"}");
        String told = event("agent:task-completed", "twice", "{\"taskId\":\"t-%d\",\"duration\":5}", "");
        // More of them than any checkpoint is behind.
        IntStream.range(0, 40).forEach(i -> post("/api/events?mode=observe", told.formatted(i)));
        post("/api/events?mode=observe", told.formatted(3));

        assertThat(ledger.post("/api/events", told.formatted(3)).status()).isEqualTo(409);
        assertThat(ledger.get("/api/events?aggregateId=twice&order=desc&limit=1")
                        .text())
                .contains("violations", "OnlyAssignedTaskCanBeCompleted");
        for (String path : List.of("/api/agents/twice?minPosition=" + position, "/api/aggregates/twice/state")) {
            assertThat(ledger.get(path).text()).as(path).contains("\"taskCount\":40", "\"totalTaskDuration\":200");
        }
        assertThat(ledger.get("/api/state?limit=1000&position=" + position + "&minPosition=" + position)
                        .text())
                .contains("\"taskCount\":40");
        post("/api/agents/twice/assign", "{\"taskId\":\"t-3\"}");
        post("/api/agents/twice/complete", "{\"taskId\":\"t-3\",\"duration\":5}");
        assertThat(ledger.get("/api/agents/twice?minPosition=" + position).text())
                .contains("\"taskCount\":41");
    }
}
