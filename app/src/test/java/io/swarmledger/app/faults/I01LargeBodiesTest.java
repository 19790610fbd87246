package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.log.sqlite.LogFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("I1 a body that is too large")
class I01LargeBodiesTest {

    private static final int MEGABYTE = 1 << 20;

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @ParameterizedTest
    @CsvSource({"2", "20"})
    void isRefusedWithTheLimitThatItIsOver(int megabytes) {
        Answer answer = ledger.post(
                "/api/agents", "{\"agentId\":\"large\",\"role\":\"" + "x".repeat(megabytes * MEGABYTE) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("type").stringValue()).isEqualTo("urn:swarm-ledger:problem:too-large");
        assertThat(answer.json().get("detail").stringValue()).contains("1048576", "swarm-ledger.max-event-size");
        assertThat(events()).isZero();
    }

    @Test
    void isRefusedEvenIfNobodySaysHowLargeItWillBe() throws IOException {
        byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long limit = 2L << 30;
        long sent = 0;
        try (Socket socket = new Socket("127.0.0.1", ledger.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/agents HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"agentId\":\r\n1\r\n\"\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            while (sent < limit && socket.getInputStream().available() == 0) {
                out.write(chunk);
                sent += chunk.length;
            }
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        } catch (SocketException closed) {
            // It was answered and hung up on before all of the answer was read: nobody reads on for two gigabytes.
        }
        assertThat(sent).as("bytes that were taken").isLessThan(64L * MEGABYTE);
        assertThat(events()).isZero();
    }

    @Test
    void mayNotBeMadeOfMetadataEither() {
        Answer answer = ledger.post(
                "/api/tasks",
                "{\"taskId\":\"large\",\"title\":\"t\",\"description\":\"" + "x".repeat(MEGABYTE / 2)
                        + "\",\"metadata\":{\"m\":\""
                        + "y".repeat(MEGABYTE / 2) + "\"}}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(events()).isZero();
    }

    @Test
    void isTakenWhereTheLimitIsHigher() {
        try (HttpLedger generous = HttpLedger.inMemory("swarm-ledger.max-event-size=3MB")) {
            String text = "x".repeat(2 * MEGABYTE);

            assertThat(generous.post(
                                    "/api/tasks",
                                    "{\"taskId\":\"large\",\"title\":\"t\",\"description\":\"" + text + "\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(generous.get("/api/tasks/large?minPosition=1")
                            .json()
                            .get("description")
                            .stringValue())
                    .isEqualTo(text);
        }
    }

    private static long events() {
        return JdbcClient.create(ledger.bean(LogFile.class).readers())
                .sql("SELECT count(*) FROM DomainEventEntry")
                .query(Long.class)
                .single();
    }
}
