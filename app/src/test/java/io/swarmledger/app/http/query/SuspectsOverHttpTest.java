package io.swarmledger.app.http.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** From a task that failed to whom and what may have caused it, and to the events that show it. */
class SuspectsOverHttpTest {

    private static final String HOSTILE = "hostile:1@x";

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
        List<String> events = new ArrayList<>();
        events.add(event("scout", "agent:spawned", "\"role\":\"scout\""));
        events.add(event("coder", "agent:spawned", "\"role\":\"coder\""));
        events.add(event("find", "task:created", "\"title\":\"Find it\""));
        events.add(event("find", "task:started", "\"agentId\":\"scout\""));
        events.add(event(
                "scout", "agent:tool-called", "\"tool\":\"Search\",\"inputDigest\":\"1\",\"error\":\"no result\""));
        events.add(event("find", "task:completed", "\"result\":\"guessed\""));
        events.add(event("build", "task:created", "\"title\":\"Build it\",\"dependencies\":[\"find\"]"));
        events.add(event("build", "task:started", "\"agentId\":\"coder\""));
        events.add(event("build", "task:failed", "\"error\":\"it is not there <b>\""));
        events.add(event(HOSTILE, "task:created", "\"title\":\"T\""));
        events.add(event(HOSTILE, "task:failed", "\"error\":\"<script>alert(1)</script>\""));
        Answer answer = ledger.post("/api/events?mode=observe", "[" + String.join(",", events) + "]");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static String event(String id, String type, String payload) {
        return "{\"type\":\"%s\",\"aggregateId\":\"%s\",\"payload\":{%s}}".formatted(type, id, payload);
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static JsonNode ask(String path) {
        Answer answer = ledger.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String page(String path) {
        Answer answer = ledger.get(path, "Accept", "text/html");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    @Test
    void theWorstStepLeadsToTheEventsThatShowIt() {
        JsonNode found = ask("/api/tasks/build/suspects?minPosition=11");

        assertThat(found.at("/agents/0/agentId").asString()).isEqualTo("scout");
        assertThat(found.at("/agents/1/agentId").asString()).isEqualTo("coder");
        JsonNode worst = found.at("/steps/0");
        assertThat(worst.at("/reasons/0/rule").asString()).isEqualTo("ignored-error");
        assertThat(worst.at("/step/said").asString()).isEqualTo("no result");
        for (JsonNode shown : worst.at("/reasons/0/events")) {
            JsonNode event = ask("/api/events/" + shown.get("eventId").asString());
            assertThat(event.get("position")).isEqualTo(shown.get("position"));
            assertThat(event.get("type")).isEqualTo(shown.get("type"));
        }
        assertThat(found.get("isWhole").booleanValue()).isTrue();
        assertThat(ask("/api/tasks/suspects?id=build")).isEqualTo(found);
        assertThat(ask("/api/tasks/build/suspects?limit=1").get("agents")).hasSize(1);
    }

    @Test
    void ofASwarmAllThatWasLeftFailedIsLookedInto() {
        JsonNode found = ask("/api/swarms/swarm/suspects");

        assertThat(found.get("failures")).hasSize(2);
        assertThat(found.at("/agents/0/agentId").asString()).isEqualTo("scout");
        assertThat(ask("/api/swarms/suspects?id=swarm")).isEqualTo(found);
    }

    @Test
    void whatHasNotFailedHasNone() {
        Answer none = ledger.get("/api/tasks/find/suspects");

        assertThat(none.status()).isEqualTo(404);
        assertThat(none.json().get("type").asString()).endsWith(":not-failed");
        assertThat(none.json().get("detail").asString())
                .isEqualTo("Task find has not failed: the last that happened to it is task:completed, at position 6");
        assertThat(ledger.get("/suspects", "Accept", "text/html").status()).isEqualTo(400);
        assertThat(ledger.get("/suspects?taskId=find", "Accept", "text/html").status())
                .isEqualTo(404);
    }

    @Test
    void thePageShowsThemAndIsOneClickFromTaskTraceAndIncident() {
        String suspects = page("/suspects?taskId=build");
        assertThat(suspects)
                .contains("ignored-error", "href=\"/agents?id=scout\"", "/time?position=4", "no result", "step 1")
                .doesNotContain("<b>\"", "not there <b>");
        String worst =
                ask("/api/tasks/build/suspects").at("/steps/0/step/eventId").asString();
        assertThat(suspects).contains("href=\"/trace/" + worst + "\"");
        assertThat(page("/suspects?swarmId=swarm")).contains("scout", "What failed");

        String link = "/suspects?taskId=build";
        assertThat(page("/tasks?id=build")).contains(link, "hx-get=\"/suspects/part?taskId=build\"");
        assertThat(page("/tasks?id=find")).doesNotContain("/suspects");
        String failed =
                ask("/api/tasks/build/suspects").at("/failures/0/eventId").asString();
        assertThat(page("/trace/" + failed)).contains(link);
        assertThat(page("/suspects/part?taskId=build"))
                .contains("scout", "ignored-error", link)
                .doesNotContain("<html");
        JsonNode incidents = ask("/api/incidents?minPosition=11");
        String incident = "";
        for (JsonNode one : incidents.get("items")) {
            incident = one.get("title").asString().startsWith("it is not there")
                    ? one.get("id").asString()
                    : incident;
        }
        assertThat(page("/incidents?id=" + incident)).contains(link);
    }

    @Test
    void hostileTextsStayTexts() {
        String id = UriUtils.encode(HOSTILE, "UTF-8");
        assertThat(page("/suspects?taskId=" + id)).contains("&lt;script&gt;").doesNotContain("<script>alert");
        assertThat(page("/suspects/part?taskId=" + id)).doesNotContain("<script>alert");
    }
}
