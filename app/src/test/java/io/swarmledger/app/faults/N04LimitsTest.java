package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** With less of everything than a service has, so that a test can use all of it up. */
@DisplayName("N4 slowloris, thousands of connections, 1 MB header")
class N04LimitsTest {

    private static final int THREADS = 10;
    private static final String HEAD = "Host: localhost\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n";

    private HttpLedger ledger;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void open() {
        ledger = HttpLedger.inMemory(
                "server.tomcat.threads.max=" + THREADS,
                "server.tomcat.max-connections=100",
                "server.tomcat.accept-count=20",
                "server.tomcat.connection-timeout=2s",
                "swarm-ledger.http.body-patience=2s",
                "swarm-ledger.http.slow-bodies=2");
    }

    @AfterEach
    void close() throws Exception {
        dripping.shutdownNow();
        for (AutoCloseable one : opened) {
            one.close();
        }
        ledger.close();
    }

    private Socket say(String text) throws IOException {
        Socket socket = RawHttp.connect(ledger.port());
        opened.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** A little every now and then, for as long as somebody takes it. */
    private void drip(Socket socket, String text) {
        byte[] drop = text.getBytes(StandardCharsets.ISO_8859_1);
        dripping.scheduleWithFixedDelay(
                () -> {
                    try {
                        socket.getOutputStream().write(drop);
                    } catch (IOException closed) {
                        throw new IllegalStateException("No more drops", closed);
                    }
                },
                0,
                300,
                TimeUnit.MILLISECONDS);
    }

    private int read(Socket socket) throws IOException {
        return new RawHttp.Answer(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                .status();
    }

    private void assertOthersAreServed() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> ledger.get("/api/projections").status() == 200);
    }

    @Test
    void whoNeverEndsItsHeadersHoldsNoThreadAndIsCutOffWhenSilent() throws Exception {
        Socket silent = say("GET /api/projections HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        for (int i = 0; i < 3 * THREADS; i++) {
            drip(say("GET /api/projections HTTP/1.1\r\nHost: localhost\r\nX-Slow: "), "a");
        }

        long start = System.nanoTime();
        assertThat(ledger.get("/api/projections").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(silent.getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void aBodyThatDripsIsNotWaitedFor() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Socket socket = say("POST /api/operations/backup HTTP/1.1\r\n" + String.format(HEAD, "application/json"));
            drip(socket, "1\r\n \r\n");
            slow.add(socket);
        }

        assertOthersAreServed();
        for (Socket socket : slow) {
            assertThat(read(socket)).isEqualTo(408);
        }
    }

    @Test
    void norIsOneWhoseRequestWasRefusedAlready() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Socket socket = say("POST /no/such/path HTTP/1.1\r\n" + String.format(HEAD, "application/json"));
            drip(socket, "1\r\n \r\n");
            slow.add(socket);
        }

        for (Socket socket : slow) {
            assertThat(read(socket)).isEqualTo(404);
        }
        assertOthersAreServed();
    }

    @Test
    void aFormIsNotEvenRead() {
        assertThat(RawHttp.send(
                                ledger.port(),
                                "POST",
                                "/api/operations/verify",
                                "a=b",
                                "Host: localhost",
                                "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aHeaderOfAMegabyteIsRefused() throws Exception {
        assertThat(RawHttp.send(
                                ledger.port(),
                                "GET",
                                "/api/projections",
                                "",
                                "Host: localhost",
                                "X-Large: " + "a".repeat(17 << 10))
                        .status())
                .isEqualTo(400);
        try {
            Socket large = say(
                    "GET /api/projections HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "a".repeat(1 << 20) + "\r\n\r\n");
            assertThat(read(large)).isEqualTo(400);
        } catch (IOException cutOff) {
            assertThat(cutOff).as("it was not read to its end").hasMessageMatching("(?i).*(reset|broken pipe).*");
        }
        assertThat(ledger.get("/api/projections").status()).isEqualTo(200);
    }

    @Test
    void thousandsOfIdleConnectionsKeepNobodyOutForLong() throws Exception {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", ledger.port());
        for (int i = 0; i < 2_000; i++) {
            SocketChannel channel = SocketChannel.open();
            opened.add(channel);
            channel.configureBlocking(false);
            channel.connect(address);
        }

        assertOthersAreServed();
    }
}
