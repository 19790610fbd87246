package io.swarmledger.app.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.RawHttp;
import io.swarmledger.app.http.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Bodies that nobody wanted, or that turn out to be broken when the answer has begun. */
@ExtendWith(OutputCaptureExtension.class)
class UnreadBodiesTest {

    private static final String NEXT = "GET /api/stats HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    /** Whether the answer has a length of its own or not. */
    @ParameterizedTest
    @CsvSource({
        "POST, /api/events, application/x-www-form-urlencoded, 415",
        "POST, /api/events, multipart/form-data; boundary=x, 415",
        "POST, /api/events, text/plain, 415",
        "POST, /api/nothing, application/json, 404",
        "DELETE, /v3/api-docs, application/json, 405",
        "GET, /v3/api-docs, application/json, 200",
        "GET, /api/stats, application/json, 200",
        "GET, /swagger-ui/index.html, application/json, 200"
    })
    void theConnectionGoesOnBehindOneThatNobodyReads(
            String method, String path, String type, int status, CapturedOutput output) throws IOException {
        try (RawHttp connection = new RawHttp(ledger.port())) {
            for (int size : new int[] {1, 100_000}) {
                String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + size + "\r\n\r\n";
                Answer answer = connection
                        .say(head, "x".repeat(size).getBytes(StandardCharsets.US_ASCII))
                        .answer();

                assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
                assertThat(connection.say(NEXT).answer().status()).isEqualTo(200);
            }
        }
        assertThat(output.getAll()).doesNotContain(" ERROR ", "\tat ");
    }

    @Test
    void anAnswerInLinesEndsWithTheProblemAndNothingIsAddedToIt(CapturedOutput output) throws IOException {
        int before = totalEvents();
        String event = "{\"type\":\"agent:spawned\",\"aggregateId\":\"a\",\"payload\":{\"role\":\"r\"}}\n";
        try (RawHttp connection = new RawHttp(ledger.port())) {
            connection.say("POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(event.length()) + "\r\n" + event
                    + "\r\n");
            assertThat(connection.status()).isEqualTo(201);
            connection.say("no chunk\r\n\r\n");

            String rest = new String(connection.rest(), StandardCharsets.UTF_8);
            assertThat(rest.lines().filter(line -> line.startsWith("{")).toList())
                    .as(rest)
                    .satisfiesExactly(
                            first -> assertThat(first).contains("\"aggregateId\":\"a\""),
                            last -> assertThat(last).contains("\"status\":400", "problem:malformed"));
        }
        assertThat(totalEvents()).isEqualTo(before + 1);
        assertThat(output.getAll()).doesNotContain(" ERROR ", " WARN ");
    }

    private static int totalEvents() {
        return ledger.get("/api/stats").json().get("totalEvents").intValue();
    }

    private static final String CHUNKED =
            " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: ";

    @ParameterizedTest
    @CsvSource({
        "/api/agents, application/json",
        "/api/agents/a/start, application/json",
        "/api/events, application/json",
        "/api/events, application/x-ndjson",
        "/api/operations/backup, application/json"
    })
    void chunksThatAreBrokenAreSaidToBeAndOfTheirOwnRequest(String path, String type, CapturedOutput output)
            throws IOException {
        for (String broken : new String[] {"zz\r\n{}\r\n0\r\n\r\n", "5\r\n{\"age\r\nxx\r\n"}) {
            try (RawHttp connection = new RawHttp(ledger.port())) {
                Answer answer = connection
                        .say("POST " + path + CHUNKED + type + "\r\n\r\n" + broken)
                        .answer();

                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.isLast()).isTrue();
                assertThat(answer.body())
                        .contains("problem:malformed", "its chunks are broken")
                        .doesNotContain("GET", "cannot be answered");
            }
        }
        assertThat(output.getAll()).doesNotContain(" ERROR ", " WARN ");
    }

    @ParameterizedTest
    @CsvSource({"application/json, b", "application/x-ndjson, c"})
    void whereTheBodyBreaksOffIsSaidAndWhatIsInTheLog(String type, String run) throws IOException {
        boolean lines = type.endsWith("ndjson");
        String one = "{\"type\":\"agent:spawned\",\"aggregateId\":\"%s\",\"payload\":{}}";
        String some = (lines ? "" : "[")
                + String.format(one, run + 1)
                + (lines ? "\n" : ",")
                + String.format(one, run + 2)
                + (lines ? "\n" : ",");
        try (RawHttp connection = new RawHttp(ledger.port())) {
            Answer answer = connection
                    .say("POST /api/events" + CHUNKED + type + "\r\n\r\n" + Integer.toHexString(some.length()) + "\r\n"
                            + some + "\r\nwhat is no chunk\r\n")
                    .answer();
            String last = answer.body().lines().reduce((before, after) -> after).orElseThrow();

            assertThat(last).as(answer.toString()).contains("\"status\":400", "\"index\":2", "\"appended\":[");
            assertThat(answer.body()).contains("\"aggregateId\":\"" + run + "1\"", "\"aggregateId\":\"" + run + "2\"");
        }
        assertThat(ledger.get("/api/aggregates/" + run + "2/events").status()).isEqualTo(200);
    }

    @Test
    void whatIsNotThereFillsNoLog(CapturedOutput output) {
        for (String path : new String[] {"/no/such/path", "/api/nothing", "/favicon.ico", "/wp-login.php"}) {
            assertThat(ledger.get(path).status()).isEqualTo(404);
            assertThat(ledger.post(path, "{}").status()).isIn(404, 405);
        }
        assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ");
    }
}
