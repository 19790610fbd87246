package io.swarmledger.app.http.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Why a field is what it is, at any moment, back to the root. */
class WhyTest {

    private static HttpLedger ledger;
    private static final List<Long> POSITIONS = new ArrayList<>();

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
        did("/api/agents", "{\"agentId\":\"a\",\"role\":\"coder\"}");
        did("/api/tasks", "{\"taskId\":\"t\",\"title\":\"Build it\"}");
        did("/api/agents/a/assign", "{\"taskId\":\"t\"}");
        did("/api/tasks/t/start", "{\"agentId\":\"a\"}");
        did("/api/tasks/t/fail", "{\"error\":\"no disk\"}");
        did("/api/tasks/t/start", "{\"agentId\":\"a\"}");
        did("/api/tasks/t/complete", "{\"result\":\"done\"}");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static void did(String path, String body) {
        Answer answer = ledger.post(path, body);
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        POSITIONS.add(answer.json().get("position").longValue());
    }

    private static JsonNode why(String field, Long position) {
        Answer answer =
                ledger.get("/api/aggregates/t/why?field=" + field + (position == null ? "" : "&position=" + position));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void theEventThatSetItIsNamedWithWhatItWasBeforeAndItsCauses() {
        JsonNode now = why("status", null);
        assertThat(now.get("value").asString()).isEqualTo("completed");
        assertThat(now.get("before").asString()).isEqualTo("in-progress");
        assertThat(now.at("/event/type").asString()).isEqualTo("task:completed");
        List<String> causes = new ArrayList<>();
        now.get("causes").forEach(link -> causes.add(link.at("/event/type").asString()));
        assertThat(causes).startsWith("task:started").endsWith("task:created");

        JsonNode then = why("status", POSITIONS.get(4));
        assertThat(then.get("value").asString()).isEqualTo("failed");
        assertThat(then.at("/event/position").longValue()).isEqualTo(POSITIONS.get(4));
        assertThat(why("title", null).at("/event/type").asString()).isEqualTo("task:created");
        assertThat(why("error", null).at("/event/position").longValue()).isEqualTo(POSITIONS.get(4));
    }

    @Test
    void whatNeverWasSetHasNoEventAndWhatIsNoFieldIsRefused() {
        JsonNode never = why("cancelledAt", null);
        assertThat(never.get("value").isNull()).isTrue();
        assertThat(never.get("event").isNull()).isTrue();
        assertThat(why("status", 1L).get("event").isNull()).isTrue();
        Answer wrong = ledger.get("/api/aggregates/t/why?field=colour");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("status", "retryCount");
        assertThat(ledger.get("/api/aggregates/t/why").status()).isEqualTo(400);
        assertThat(ledger.get("/api/aggregates/t/why?field=status&position=-1").status())
                .isEqualTo(422);
        assertThat(ledger.get("/api/aggregates/nobody/why?field=status").status())
                .isEqualTo(404);
    }

    @Test
    void aPagesValueLeadsToTheTraceOfThatEvent() {
        String event = why("status", POSITIONS.get(4)).at("/event/id").asString();
        Answer there = ledger.get("/why?id=t&field=status&position=" + POSITIONS.get(4), "Accept", "text/html");
        assertThat(there.status()).isEqualTo(302);
        assertThat(there.header("Location")).endsWith("/trace/" + event);
        assertThat(ledger.get("/why?id=t&field=cancelledAt", "Accept", "text/html")
                        .status())
                .isEqualTo(404);
        assertThat(ledger.get("/time/moment?aggregate=t", "Accept", "text/html").text())
                .contains("/why?id=t&amp;field=status");
    }
}
