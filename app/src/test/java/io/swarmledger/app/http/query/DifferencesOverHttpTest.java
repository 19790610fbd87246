package io.swarmledger.app.http.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What differs about failures, and that each number opens as what it counts. */
class DifferencesOverHttpTest {

    private static HttpLedger ledger;
    private static long time = 1_767_517_200_000L;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
        List<String> events = new ArrayList<>();
        for (String agent : List.of("good", "bad")) {
            events.add(event(agent, "agent:spawned", "\"role\":\"" + agent + " & co\""));
            for (int i = 0; i < 10; i++) {
                String task = agent + i;
                boolean isFailed = agent.equals("bad") ? i > 0 : i == 0;
                events.add(event(task, "task:created", "\"taskType\":\"<b>" + (i % 2) + "\""));
                events.add(event(task, "task:started", "\"agentId\":\"" + agent + "\""));
                events.add(
                        event(task, isFailed ? "task:failed" : "task:completed", isFailed ? "\"error\":\"no\"" : ""));
            }
        }
        Answer answer = ledger.post("/api/events?mode=observe", "[" + String.join(",", events) + "]");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static String event(String id, String type, String payload) {
        time += 1_000;
        return "{\"type\":\"%s\",\"aggregateId\":\"%s\",\"timestamp\":%d,\"payload\":{%s},\"metadata\":{\"swarmId\":\"run 1\"}}"
                .formatted(type, id, time, payload);
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static JsonNode ask(String path) {
        Answer answer = ledger.get(path);
        assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String page(String path) {
        Answer answer = ledger.get(path, "Accept", "text/html");
        assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
        return answer.text();
    }

    @Test
    void eachCountHasALinkToExactlyWhatItCounts() {
        JsonNode all = ask("/api/failures/differences?swarmId=run%201&after=2020-01-01T00:00:00Z&evidence=true");

        assertThat(all.get("failed").intValue()).isEqualTo(10);
        assertThat(all.at("/items/0/value").asString()).isEqualTo("bad");
        assertThat(all.at("/items/0/isClear").booleanValue()).isTrue();
        JsonNode links = all.get("evidence");
        for (JsonNode one : all.get("items")) {
            String name =
                    one.get("attribute").asString() + "." + one.get("value").asString() + ".";
            for (String count : List.of("failed", "completed", "otherFailed", "otherCompleted")) {
                JsonNode counted = ask(links.get(name + count).asString());
                assertThat(counted.get("total").longValue())
                        .as(name + count)
                        .isEqualTo(one.get(count).longValue());
            }
        }
        assertThat(ask(links.get("failed").asString()).get("items")).hasSize(10);
    }

    @Test
    void thePageComparesAndLeadsToTheAttempts() {
        assertThat(page("/failures?swarmId=run%201")).contains("hx-get=\"/failures/differences?swarmId=run%201\"");
        assertThat(page("/failures")).contains("hx-get=\"/failures/differences\"");
        String part = page("/failures/differences?swarmId=run%201");
        assertThat(part)
                .contains("hardly", "may be", "+80.0 %", "bad &amp; co")
                .doesNotContain("<html", "more than chance", "<b>0", "<b>1");

        List<MatchResult> counts = Pattern.compile("href=\"(/attempts[^\"]*)\">([0-9]+)</a>")
                .matcher(part)
                .results()
                .toList();
        assertThat(counts.size()).isGreaterThan(10);
        for (MatchResult count : counts) {
            String attempts = page(count.group(1).replace("&amp;", "&"));
            assertThat(attempts)
                    .as(count.group(1))
                    .contains(
                            count.group(2).equals("0")
                                    ? "No attempt is like that"
                                    : "of <b>" + count.group(2) + "</b>");
        }
        assertThat(page("/attempts?outcome=failed&attribute=agent&value=bad"))
                .contains("/tasks?id=bad3", "/suspects?taskId=bad3", "&lt;b&gt;1", "bad &amp; co", "hour")
                .doesNotContain("<b>0", "bad0");
        assertThat(page("/attempts?outcome=failed&attribute=agent&value=nobody"))
                .contains("No attempt is like that");
    }

    @Test
    void nothingToCompareIsSaidToo() {
        assertThat(page("/failures/differences?swarmId=none")).contains("too few attempts");
        assertThat(ask("/api/failures/differences?swarmId=none").get("items")).isEmpty();
    }
}
