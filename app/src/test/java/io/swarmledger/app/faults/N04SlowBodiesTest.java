package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.RawHttp;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Against one process, to which a token is given only at the end. */
@DisplayName("N4 bodies that are announced and do not come hold nobody else up")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class N04SlowBodiesTest {

    private static final int MANY = 1_500;

    /** On a busy machine; the bodies are waited for three times as long. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private static final String ONE =
            "{\"type\":\"agent:spawned\",\"aggregateId\":\"%s\",\"payload\":{\"role\":\"r\"}}";

    @TempDir
    static Path directory;

    private static ServiceProcess service;
    private final List<SocketChannel> opened = new ArrayList<>();

    @BeforeAll
    static void open() {
        service = ServiceProcess.on(directory);
        assertThat(get("/actuator/health/liveness")).isEqualTo(200);
    }

    @AfterAll
    static void close() {
        service.close();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (SocketChannel channel : opened) {
            channel.close();
        }
    }

    private static int get(String path) {
        return RawHttp.send(service.port(), "GET", path, "", "Host: localhost").status();
    }

    private static int post(String id, String... more) {
        String[] headers = new String[more.length + 2];
        headers[0] = "Host: localhost";
        headers[1] = "Content-Type: application/json";
        System.arraycopy(more, 0, headers, 2, more.length);
        return RawHttp.send(service.port(), "POST", "/api/events", String.format(ONE, id), headers)
                .status();
    }

    private void begin(int times, String request) throws IOException {
        for (int i = 0; i < times; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", service.port()));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            opened.add(channel);
        }
    }

    private static String head(String path, String... lines) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    }

    private void assertOthersAreServed(String run, String... authorization) {
        // Behind what came before it: on a busy machine, where nothing is warm yet, that takes its time.
        assertThat(get("/actuator/health/liveness")).isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            assertThat(get("/actuator/health/liveness")).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
            start = System.nanoTime();
            assertThat(post(run + i, authorization)).isEqualTo(201);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        }
    }

    @Test
    @Order(1)
    void ofALengthThatIsTold() throws IOException {
        begin(MANY, head("/api/events", "Content-Type: application/json", "Content-Length: 100") + "{");
        assertOthersAreServed("told");
    }

    @Test
    @Order(2)
    void inChunksOrInLinesAndOfEventsThatNeverEnd() throws IOException {
        String chunk = "5\r\n{\"typ\r\n";
        begin(MANY / 3, head("/api/events", "Content-Type: application/json", "Transfer-Encoding: chunked") + chunk);
        begin(
                MANY / 3,
                head("/api/events", "Content-Type: application/x-ndjson", "Transfer-Encoding: chunked") + chunk);
        begin(MANY / 3, head("/api/tasks", "Content-Type: application/json", "Content-Length: 90000") + "{");
        assertOthersAreServed("chunks");
    }

    @Test
    @Order(3)
    void inChunksOfWhichTheHeadAloneComesOrAPart() throws IOException {
        for (String part : new String[] {"5", "5\r\n", "5\r\n{", "1\r\n{\r\n5;a=b"}) {
            begin(MANY / 8, head("/api/events", "Content-Type: application/json", "Transfer-Encoding: chunked") + part);
            begin(MANY / 8, head("/no/such/path", "Transfer-Encoding: chunked") + part);
        }
        assertOthersAreServed("heads");
    }

    @Test
    @Order(4)
    void ofRequestsThatAreRefusedWithoutThem() throws IOException {
        begin(MANY / 5, head("/no/such/path", "Content-Type: application/json", "Content-Length: 100") + "{");
        begin(MANY / 5, head("/api/stats", "Content-Type: application/json", "Content-Length: 100") + "{");
        begin(MANY / 5, head("/api/events", "Content-Type: text/plain", "Content-Length: 100") + "{");
        begin(MANY / 5, head("/api/events", "Origin: http://elsewhere", "Content-Length: 100") + "{");
        begin(
                MANY / 5,
                head("/api/events", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 9") + "a");
        assertOthersAreServed("refused");
    }

    @Test
    @Order(5)
    void ofWhoHasNoToken() throws IOException {
        String secret = new TokenFile(new LedgerFiles(directory)).create("walter", Role.writer, Clock.systemUTC());
        begin(MANY / 2, head("/api/events", "Content-Type: application/json", "Content-Length: 100") + "{");
        begin(
                MANY / 2,
                head("/api/events", "Authorization: Bearer no", "Content-Type: application/json", "Content-Length: 100")
                        + "{");
        assertOthersAreServed("token", "Authorization: Bearer " + secret);
    }
}
