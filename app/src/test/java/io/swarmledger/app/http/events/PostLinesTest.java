package io.swarmledger.app.http.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.events.Json;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.view.Positions;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The contract's row for {@code POST /api/events}: NDJSON. */
class PostLinesTest {

    private static HttpLedger ledger;

    private final long before = ledger.bean(Positions.class).of(LedgerQuery.LOG);
    private final String run = "run-" + before + "-";

    @BeforeAll
    static void start() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    void eachLineIsAnsweredByALine() {
        Answer answer = post("\n" + stored("m-1") + "\r\n\n" + retrieved("m-1") + "\n" + stored("m-2"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(lines(answer))
                .extracting(line -> line.get("position").longValue() - before)
                .containsExactly(1L, 2L, 3L);
        assertThat(lines(answer))
                .extracting(line -> line.get("version").longValue())
                .containsExactly(1L, 2L, 1L);
        assertThat(lines(answer).get(0).propertyNames())
                .containsExactlyInAnyOrder("id", "aggregateId", "version", "position");
        assertThat(log())
                .extracting(event -> event.aggregateId().replace(run, ""))
                .containsExactly("m-1", "m-1", "m-2");
    }

    @Test
    void nothingIsAnsweredByNothing() {
        Answer answer = post("\n");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void tenThousandEventsAreTenThousandAnswersInTheirOrder() {
        String body = IntStream.range(0, 10_000)
                .mapToObj(i -> i < 500 ? stored("m-" + i) : retrieved("m-" + i % 500))
                .collect(Collectors.joining("\n"));

        List<JsonNode> answers = lines(post(body));

        assertThat(answers)
                .extracting(line -> line.get("position").longValue())
                .isEqualTo(IntStream.rangeClosed(1, 10_000)
                        .mapToObj(i -> before + i)
                        .toList());
        assertThat(log())
                .extracting(RecordedEvent::id)
                .isEqualTo(answers.stream()
                        .map(line -> line.get("id").stringValue())
                        .toList());
    }

    @Test
    void theKeyIsCountedOn() {
        Answer answer =
                post(stored("m-1") + "\n" + retrieved("m-1"), "Idempotency-Key", run.substring(0, run.length() - 1));

        assertThat(lines(answer))
                .extracting(line -> line.get("id").stringValue())
                .containsExactly(run + "0", run + "1");
        assertThat(post(stored("m-1") + "\n" + retrieved("m-1"), "Idempotency-Key", run.substring(0, run.length() - 1))
                        .text())
                .isEqualTo(answer.text());
    }

    @Test
    void aRefusalBeforeAnythingIsAnsweredIsAProblemWithWhatCameBefore() {
        Answer answer = post(stored("m-1") + "\n\n" + retrieved("m-2") + "\n" + stored("m-3"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("index").longValue()).isEqualTo(1);
        assertThat(answer.json().get("line").longValue()).isEqualTo(3);
        assertThat(answer.json().get("appended")).hasSize(1);
        assertThat(log())
                .extracting(event -> event.aggregateId().replace(run, ""))
                .containsExactly("m-1");
    }

    @Test
    void aRefusalBehindAnAnswerIsTheLastLine() {
        String first = IntStream.range(0, 5_000).mapToObj(i -> stored("m-" + i)).collect(Collectors.joining("\n"));

        Answer answer = post(first + "\n" + retrieved("nobody") + "\n" + stored("m-5000"));

        assertThat(answer.status()).isEqualTo(201);
        List<JsonNode> lines = lines(answer);
        assertThat(lines).hasSize(5_001);
        JsonNode problem = lines.get(5_000);
        assertThat(problem.get("status").intValue()).isEqualTo(404);
        assertThat(problem.get("type").stringValue()).startsWith("urn:swarm-ledger:problem:");
        assertThat(problem.get("index").longValue()).isEqualTo(5_000);
        assertThat(problem.get("line").longValue()).isEqualTo(5_001);
        assertThat(problem.get("appended")).isEmpty();
        assertThat(log())
                .extracting(RecordedEvent::id)
                .isEqualTo(lines.stream()
                        .limit(5_000)
                        .map(line -> line.get("id").stringValue())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            2 | 1  | nonsense
            2 | 1  | ["no event"]
            2 | 9  | {"type":}
            """)
    void aMalformedLineIsNamedWithItsColumn(int line, int column, String malformed) {
        Answer answer = post(stored("m-1") + "\n" + malformed + "\n" + stored("m-2"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("line").intValue()).isEqualTo(line);
        assertThat(answer.json().get("column").intValue()).isEqualTo(column);
        assertThat(answer.json().get("index").intValue()).isEqualTo(1);
        assertThat(answer.json().get("appended")).hasSize(1);
        assertThat(log()).hasSize(1);
    }

    @Test
    void anUnknownFieldIsNamedWithItsLine() {
        Answer answer = post(stored("m-1") + "\n" + retrieved("m-1").replace("\"type\"", "\"kind\":1,\"type\""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("field").stringValue()).isEqualTo("kind");
        assertThat(answer.json().get("line").intValue()).isEqualTo(2);
    }

    @Test
    void aLineIsAnEventAndAnEventIsALine() {
        assertThat(post(stored("m-1") + " " + stored("m-2"))
                        .json()
                        .get("detail")
                        .stringValue())
                .contains("more than one event");
        assertThat(post(stored("m-3").replace(",\"payload\"", ",\n\"payload\""))
                        .json()
                        .get("detail")
                        .stringValue())
                .contains("another line");
        assertThat(log())
                .extracting(event -> event.aggregateId().replace(run, ""))
                .containsExactly("m-1");
    }

    /** A sender may wait for an answer before it goes on: what has arrived does not wait for more. */
    @Test
    void whatHasArrivedIsAnsweredWhileTheSenderThinks() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", ledger.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + ledger.port()
                            + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            BufferedReader answer = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));

            chunk(out, stored("m-1") + "\n");
            assertThat(until(answer, "position")).contains("\"position\":" + (before + 1));
            chunk(out, retrieved("m-1") + "\n" + retrieved("m-1") + "\n");
            assertThat(until(answer, "position")).contains("\"position\":" + (before + 2));
            assertThat(until(answer, "position")).contains("\"position\":" + (before + 3));
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    /** Tomcat reads 8 KiB at once: of a chunk near that length, head or end come alone, and neither is an event. */
    @Test
    void theEndOfAChunkIsNothingThatHasArrived() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", ledger.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            send(
                    out,
                    "POST /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + ledger.port()
                            + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String event = stored("m-1");
            for (int length = 8_150; length < 8_210; length++) {
                String line = event + " ".repeat(length - event.length()) + "\n";
                send(out, Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
                try {
                    assertThat(until(answer, "position"))
                            .as("a chunk of %d bytes", length + 1)
                            .isNotNull();
                } catch (java.net.SocketTimeoutException x) {
                    throw new AssertionError("len " + length, x);
                }
                event = retrieved("m-1");
            }
            send(out, "0\r\n\r\n");
        }
    }

    private static void send(OutputStream out, String text) throws Exception {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void chunk(OutputStream out, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String until(BufferedReader answer, String word) throws Exception {
        String line = answer.readLine();
        while (line != null && !line.contains(word)) {
            line = answer.readLine();
        }
        return line;
    }

    private Answer post(String body, String... headers) {
        return ledger.send(ledger.request("/api/events", headers)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body)));
    }

    private String stored(String id) {
        return "{\"type\":\"memory:stored\",\"aggregateId\":\"" + run + id
                + "\",\"payload\":{\"namespace\":\"n\",\"key\":\"k\",\"memoryType\":\"episodic\",\"size\":1}}";
    }

    private String retrieved(String id) {
        return "{\"type\":\"memory:retrieved\",\"aggregateId\":\"" + run + id + "\",\"payload\":{}}";
    }

    private static List<JsonNode> lines(Answer answer) {
        return answer.text().lines().map(Json.mapper()::readTree).toList();
    }

    private List<RecordedEvent> log() {
        return Logged.of(ledger, FindEvents.all().withAfterPosition(before));
    }
}
