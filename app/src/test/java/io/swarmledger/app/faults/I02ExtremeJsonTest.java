package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@DisplayName("I2 JSON at its extremes")
class I02ExtremeJsonTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory("swarm-ledger.max-event-size=32MB");
        ledger.post("/api/agents", "{\"agentId\":\"a\"}");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    static Stream<Named<String>> extremes() {
        return Stream.of(
                Named.of("10,000 levels deep", nested(10_000)),
                Named.of("101 levels deep", nested(101)),
                Named.of("10,000 levels that never end", "[".repeat(10_000)),
                Named.of("1e999999", "1e999999"),
                Named.of("-1e400", "-1e400"),
                Named.of("a number of 1,000 digits", "9".repeat(1_000)),
                Named.of("a number of 1,000,000 digits", "9".repeat(1_000_000)),
                Named.of("1,000,000 keys", keys(1_000_000)),
                Named.of("a key twice", "{\"k\":1,\"k\":2}"),
                Named.of("a key twice, once in disguise", "{\"k\":1,\"\\u006b\":2}"),
                Named.of("a key of 100,000 characters", "{\"" + "k".repeat(100_000) + "\":1}"),
                Named.of("NaN", "NaN"),
                Named.of("Infinity", "Infinity"),
                Named.of("a comment", "/* c */ 1"),
                Named.of("a trailing comma", "[1,]"),
                Named.of("a leading zero", "01"),
                Named.of("a leading plus", "+1"),
                Named.of("-Infinity", "-Infinity"),
                Named.of("a record separator", "\u001e1"),
                Named.of("single quotes", "'x'"));
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void isMalformedAndSoIsSaidAtOnce(String json) {
        String body = "{\"agentId\":\"b\",\"metadata\":{\"m\":" + json + "}}";
        // Not measured: whatever is done for the first time takes longer.
        ledger.post("/api/agents", body);

        long begun = System.nanoTime();
        Answer answer = ledger.post("/api/agents", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("type").stringValue()).isEqualTo("urn:swarm-ledger:problem:malformed");
        assertThat(answer.text())
                .hasSizeLessThan(1_000)
                .doesNotContain("jackson", "StreamReadConstraints", "\\tat ", "enabl", "Feature", "ALLOW_");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        assertThat(ledger.get("/api/aggregates/b/events").status()).isEqualTo(404);
    }

    /** JSON has numbers of any size; the fields of events have not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "swarms | {'swarmId':'b','maxAgents':9223372036854775808} | maxAgents",
                "memories | {'memoryId':'b','namespace':'n','key':'k','size':99999999999999999999} | size",
                "memories | {'memoryId':'b','namespace':'n','key':'k','size':-9223372036854775809} | size",
                "events | {'type':'swarm:scaled','aggregateId':'b','payload':{'newAgentCount':1e0}} | payload.newAgentCount",
                "events | {'type':'swarm:scaled','aggregateId':'b','payload':{'newAgentCount':1e308}} | payload.newAgentCount",
                "events?mode=observe | {'type':'task:failed','aggregateId':'b','payload':{'retryCount':9223372036854775808}} | payload.retryCount",
                "events | {'type':'agent:spawned','aggregateId':'b','version':9223372036854775808,'payload':{}} | version",
            })
    void aNumberThatItsFieldCannotHaveIsRefusedByItsName(String path, String body, String field) {
        Answer answer = ledger.post("/api/" + path, body.replace('\'', '"'));

        assertThat(answer.status()).as(answer.text()).isIn(400, 422);
        assertThat(answer.json().path("field").asString()).as(answer.text()).isEqualTo(field);
        assertThat(answer.json().get("detail").stringValue()).startsWith(field + " ");
        assertThat(ledger.get("/api/aggregates/b/events").status()).isEqualTo(404);
    }

    @Test
    void aTopLevelFieldThatIsThereTwiceIsMalformedToo() {
        Answer answer = ledger.post("/api/agents", "{\"agentId\":\"b\",\"role\":\"x\",\"role\":\"y\"}");

        assertThat(answer.status()).isEqualTo(400);
    }

    /** The door is stricter than whoever reads what was stored. */
    @Test
    void whatIsJustWithinTheLimitsStaysReadable() {
        String json = "[" + nested(90) + "," + keys(9_000) + "," + "9".repeat(100) + ",1e308]";
        ledger.post("/api/agents/a/assign", "{\"taskId\":\"t\"}");
        Answer taken = ledger.post(
                "/api/agents/a/complete", "{\"taskId\":\"t\",\"result\":" + json + ",\"metadata\":{\"m\":1}}");
        assertThat(taken.status()).as(taken.text()).isEqualTo(200);

        Answer event = ledger.get("/api/events/" + taken.json().get("id").stringValue());
        JsonNode result = event.json().at("/payload/result");
        assertThat(result.get(1).size()).isEqualTo(9_000);
        assertThat(result.get(2).bigIntegerValue()).hasToString("9".repeat(100));
        assertThat(ledger.get("/api/agents/a?minPosition="
                                + taken.json().get("position").longValue())
                        .json()
                        .at("/completedTasks/0")
                        .stringValue())
                .isEqualTo("t");
        assertThat(ledger.get("/api/aggregates/a/events").json().get("total").intValue())
                .isEqualTo(3);
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
    }
}
