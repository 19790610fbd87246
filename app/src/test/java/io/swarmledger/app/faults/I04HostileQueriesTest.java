package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("I4 SQL and the like in a query")
class I04HostileQueriesTest {

    private static final List<String> SQL = List.of(
            "' OR '1'='1",
            "agent-1' --",
            "'; DROP TABLE DomainEventEntry; --",
            "1 UNION SELECT token FROM Token",
            "\" OR \"\" = \"",
            "%",
            "_",
            "*",
            ":status",
            "?");

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
        ledger.post("/api/agents", "{\"agentId\":\"agent-1\",\"role\":\"coder\"}");
        ledger.post("/api/memories", "{\"memoryId\":\"memory-1\",\"namespace\":\"n\",\"key\":\"k\"}");
        assertThat(ledger.get("/api/agents?minPosition=2").status()).isEqualTo(200);
        assertThat(ledger.get("/api/memories?minPosition=2").status()).isEqualTo(200);
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    static Stream<String> filters() {
        return Stream.of(
                        "agents?domain=",
                        "agents?role=",
                        "agents?swarmId=",
                        "tasks?agent=",
                        "memories?namespace=",
                        "memories/hot?namespace=",
                        "memories/namespaces?swarmId=",
                        "events?aggregateId=",
                        "events?type=",
                        "events?correlationId=",
                        "events?swarmId=")
                .flatMap(filter -> SQL.stream().map(sql -> "/api/" + filter + encoded(sql)));
    }

    static Stream<String> choices() {
        return Stream.of(
                        "agents?status=", "tasks?priority=", "swarms?status=", "events?aggregateType=", "events?order=")
                .flatMap(filter -> SQL.stream().map(sql -> "/api/" + filter + encoded(sql)));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void inAFilterOfFewWordsIsNoneOfThem(String path) {
        Answer answer = ledger.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(path).contains(answer.json().get("field").stringValue() + "=");
    }

    @ParameterizedTest
    @MethodSource("filters")
    void inTheValueOfAFilterIsAValueThatNothingHas(String path) {
        Answer answer = ledger.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("total").intValue()).isZero();
        assertThat(answer.json().get("items").isEmpty()).isTrue();
    }

    @Test
    void inAnIdIsAnIdThatNothingHas() {
        for (String list : List.of("agents", "tasks", "memories", "swarms", "events")) {
            SQL.forEach(sql -> assertThat(
                            ledger.get("/api/" + list + "?id=" + encoded(sql)).status())
                    .as(list + " " + sql)
                    .isEqualTo(404));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/agents?orderBy=id",
                "/api/swarms?sort=status",
                "/api/agents?sort=status%20DESC;DROP%20TABLE%20agent_state",
                "/api/agents?sort=-(SELECT%201)",
                "/api/tasks?sort=priority,id",
                "/api/memories?sort=json_extract(state,'$.key')",
                "/api/agents/export?sort=1",
                "/api/agents?order=desc",
                "/api/agents?status[]=idle",
                "/api/agents?status%20OR%201%3D1=idle",
                "/api/events?payload=x",
                "/api/stats?top=1;DROP",
                "/api/events?offset=1%20UNION%20SELECT%201",
            })
    void inTheNameOfAFilterOrASortKeyIsRefused(String path) {
        assertThat(ledger.get(path).status()).as(path).isEqualTo(400);
    }

    static Stream<String> cursors() {
        return Stream.concat(
                SQL.stream().map(I04HostileQueriesTest::encoded),
                Stream.of(
                                "[\"agent-state by id\",1]",
                                "[\"agent-state by id\"]",
                                "[\"agent-state by id\",\"a\",\"b\"]",
                                "[\"agent-state by id\",null]",
                                "[\"agent-state by role\",0,\"a\",\"b\"]",
                                "[\"agent-state by id\",[\"a\"]]",
                                "[\"task-history by id\",\"agent-1\"]",
                                "[\"DomainEventEntry\",\"1 OR 1=1\"]",
                                "{}",
                                "null",
                                "[".repeat(5_000))
                        .map(json -> Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(json.getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @MethodSource("cursors")
    void aCursorThatNoListGaveIsRefused(String cursor) {
        for (String list : List.of("agents", "memories/hot", "memories/namespaces", "events")) {
            Answer answer = ledger.get("/api/" + list + "?cursor=" + cursor);
            assertThat(answer.status()).as(list + " " + answer.text()).isEqualTo(400);
            assertThat(answer.json().get("field").stringValue()).isEqualTo("cursor");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "-9223372036854775808", "9223372036854775807", "9223372036854775808"})
    void aLimitThatIsOutOfRangeIsSaidToBe(String limit) {
        for (String list : List.of("agents", "tasks", "memories", "memories/hot", "swarms", "events")) {
            Answer answer = ledger.get("/api/" + list + "?limit=" + limit);
            assertThat(answer.status()).as(list + " " + answer.text()).isEqualTo(422);
            assertThat(answer.json().get("field").stringValue()).isEqualTo("limit");
        }
    }

    @Test
    void theLedgerIsAsItWas() {
        assertThat(ledger.get("/api/stats").json().get("totalEvents").intValue())
                .isEqualTo(2);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
