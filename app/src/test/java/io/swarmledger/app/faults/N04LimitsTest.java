package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.RawHttp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
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
    private static final int TEN_THOUSAND = 10_000;
    private static final int SERVED_AT_ONCE = 4_096;
    private static final int DESCRIPTORS_TO_SPARE = 500;
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
                "server.tomcat.connection-timeout=1s",
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

    private RawHttp say(String text) throws IOException {
        RawHttp connection = new RawHttp(ledger.port());
        opened.add(connection);
        return connection.say(text);
    }

    /** A little every now and then, for as long as somebody takes it. */
    private void drip(RawHttp connection, String drop) {
        dripping.scheduleWithFixedDelay(
                () -> {
                    try {
                        connection.say(drop);
                    } catch (IOException closed) {
                        throw new IllegalStateException("No more drops", closed);
                    }
                },
                0,
                300,
                TimeUnit.MILLISECONDS);
    }

    private void assertOthersAreServed() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> ledger.get("/api/projections").status() == 200);
    }

    @Test
    void whoNeverEndsItsHeadersHoldsNoThreadAndIsCutOffWhenSilent() throws Exception {
        RawHttp silent = say("GET /api/projections HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        for (int i = 0; i < 3 * THREADS; i++) {
            drip(say("GET /api/projections HTTP/1.1\r\nHost: localhost\r\nX-Slow: "), "a");
        }

        long start = System.nanoTime();
        assertThat(ledger.get("/api/projections").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(silent.rest()).isEmpty();
    }

    @Test
    void aBodyThatDripsIsNotWaitedFor() throws Exception {
        List<RawHttp> slow = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            RawHttp connection =
                    say("POST /api/operations/backup HTTP/1.1\r\n" + String.format(HEAD, "application/json"));
            drip(connection, "1\r\n \r\n");
            slow.add(connection);
        }

        assertOthersAreServed();
        for (RawHttp connection : slow) {
            assertThat(connection.status()).as("too slow, or one too many").isIn(408, 503);
        }
    }

    /** It ends when its time is over, and not when a head's would be. */
    @Test
    void aBodyThatStallsIsToldSo() throws Exception {
        String told = "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"agentId\":";
        String chunk = "5\r\n{\"typ\r\n";
        String lines = "POST /api/events HTTP/1.1\r\n" + String.format(HEAD, "application/x-ndjson") + chunk;
        // One after the other: of more than two that are slow at once one is told something else.
        for (String stalled : List.of(
                "POST /api/agents HTTP/1.1\r\n" + told, "POST /api/operations/backup HTTP/1.1\r\n" + told, lines)) {
            long start = System.nanoTime();
            RawHttp.Answer answer = say(stalled).answer();
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(answer.status()).as(answer.body()).isEqualTo(408);
            assertThat(answer.body()).contains("body-too-slow");
            if (!stalled.equals(lines)) {
                assertThat(answer.body()).contains("within 2000 ms");
            }
            assertThat(took).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(10));
        }
    }

    @Test
    void norIsOneWhoseRequestWasRefusedAlready() throws Exception {
        List<RawHttp> slow = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            RawHttp connection = say("POST /no/such/path HTTP/1.1\r\n" + String.format(HEAD, "application/json"));
            drip(connection, "1\r\n \r\n");
            slow.add(connection);
        }

        for (RawHttp connection : slow) {
            assertThat(connection.status()).isEqualTo(404);
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
            RawHttp large = say(
                    "GET /api/projections HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "a".repeat(1 << 20) + "\r\n\r\n");
            assertThat(large.status()).isEqualTo(400);
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

    /** With as many at once as the service has, and with all the connections that the file descriptors of this process allow. */
    @Test
    void tenThousandConnectionsCostWhoIsServedNothingAndOthersTime() throws Exception {
        int connections = (int) Math.min(TEN_THOUSAND, descriptorsLeft() - SERVED_AT_ONCE - DESCRIPTORS_TO_SPARE);
        System.out.println("N4: " + connections + " connections"
                + (connections < TEN_THOUSAND ? ", all that file descriptors allow here" : ""));
        assertThat(connections).as("more than are served at once").isGreaterThan(SERVED_AT_ONCE + 1_000);
        String request = "GET /api/projections HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (HttpLedger service = HttpLedger.inMemory("server.tomcat.connection-timeout=3s");
                RawHttp early = new RawHttp(service.port())) {
            assertThat(early.say(request).answer().status()).isEqualTo(200);
            int threads = Thread.activeCount();

            List<SocketChannel> flood = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open();
                opened.add(channel);
                flood.add(channel);
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress("127.0.0.1", service.port()));
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> connected(flood) >= SERVED_AT_ONCE);

            for (int i = 0; i < 50; i++) {
                long start = System.nanoTime();
                assertThat(early.say(request).answer().status()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            }
            assertThat(Thread.activeCount() - threads).as("threads more").isLessThan(200);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> service.get("/api/projections").status() == 200);
        }
    }

    private static long connected(List<SocketChannel> channels) {
        return channels.stream()
                .filter(channel -> {
                    try {
                        return channel.finishConnect();
                    } catch (IOException refused) {
                        return false;
                    }
                })
                .count();
    }

    private static long descriptorsLeft() {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
    }
}
