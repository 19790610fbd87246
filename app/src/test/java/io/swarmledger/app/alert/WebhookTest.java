package io.swarmledger.app.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.task.CompleteTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.FailTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Alerts as whoever is told of them receives them. */
class WebhookTest {

    private static final byte[] KEY = "a key that nobody guesses".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<JsonNode> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile String mode = "refuse";
    private HttpServer receiver;

    @TempDir
    private Path place;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/alerts/T0KEN", this::take);
        receiver.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        receiver.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (mode.equals("hang")) {
            refused.incrementAndGet();
            try {
                over.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        if (mode.equals("refuse")) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(refused.getAndIncrement() % 2 == 0 ? 503 : 302, -1);
            return;
        }
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String text = new String(body, StandardCharsets.UTF_8);
        boolean isSigned = expected(id + "." + timestamp + "." + text)
                .equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
        JsonNode event = Json.mapper().readTree(text);
        boolean isGood = isSigned
                && event.path("id").asString().equals(id)
                && Math.abs(Long.parseLong(timestamp) - System.currentTimeMillis() / 1_000) < 60;
        if (isGood) {
            accepted.add(event);
        }
        exchange.sendResponseHeaders(isGood ? 204 : 400, -1);
    }

    private static String expected(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private TestLedger open() {
        return TestLedger.in(
                place.resolve("ledger"),
                "swarm-ledger.alerts.webhook.url=http://127.0.0.1:"
                        + receiver.getAddress().getPort() + "/alerts/T0KEN",
                "swarm-ledger.alerts.webhook.secret=" + SECRET,
                "swarm-ledger.alerts.rules[0].name=open",
                "swarm-ledger.alerts.rules[0].on=incident");
    }

    private static void fail(TestLedger ledger, String task, String error) {
        ledger.send(new CreateTask(task, "testing", "T"));
        ledger.send(new StartTask(task, "a"));
        ledger.send(new FailTask(task, error));
    }

    private static Delivery.Standing delivery(TestLedger ledger) {
        return ledger.bean(Alerts.class).delivery().orElseThrow();
    }

    @Test
    void isToldInOrderSignedAndOnceThoughTheReceiverRefusesAndTheLedgerStartsAgain() {
        try (TestLedger ledger = open()) {
            fail(ledger, "t", "disk full");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> refused.get() >= 2 && delivery(ledger).tries() >= 2);
            assertThat(delivery(ledger).fault()).isEqualTo("it answers 302");
            assertThat(delivery(ledger).to()).doesNotContain("T0KEN");
            assertThat(ledger.bean(AlertsHealth.class).health())
                    .returns("DEGRADED", health -> health.getStatus().getCode())
                    .extracting(health -> health.getDetails().toString())
                    .asString()
                    .contains("1 wait", "302")
                    .doesNotContain("T0KEN");
        }
        mode = "accept";
        try (TestLedger ledger = open()) {
            Awaitility.await().atMost(PATIENCE).until(() -> accepted.size() == 1);
            ledger.send(new StartTask("t", "a"));
            ledger.send(new CompleteTask("t", null));
            fail(ledger, "u", "another cause");
            Awaitility.await().atMost(PATIENCE).until(() -> accepted.size() == 3);
        }
        try (TestLedger ledger = open()) {
            fail(ledger, "v", "a third one");
            Awaitility.await().atMost(PATIENCE).until(() -> accepted.size() == 4);
            assertThat(delivery(ledger))
                    .returns(1L, Delivery.Standing::delivered)
                    .returns(null, Delivery.Standing::fault);
        }
        assertThat(accepted).extracting(event -> event.path("id").asString()).doesNotHaveDuplicates();
        assertThat(accepted)
                .extracting(event -> event.path("position").asLong())
                .isSorted();
        assertThat(accepted)
                .extracting(event -> event.path("type").asString() + " "
                        + event.at("/payload/title").asString())
                .contains("incident:raised disk full", "incident:cleared disk full", "incident:raised another cause")
                .endsWith("incident:raised a third one");
        assertThat(elsewhere).as("a redirect is not followed").hasValue(0);
    }

    @Test
    void aReceiverThatHangsKeepsNobodyWaiting() {
        mode = "hang";
        long begun;
        try (TestLedger ledger = open()) {
            fail(ledger, "t", "disk full");
            Awaitility.await().atMost(PATIENCE).until(() -> refused.get() == 1);
            for (int i = 0; i < 50; i++) {
                ledger.send(new CreateTask("task-" + i, "testing", "T"));
            }
            fail(ledger, "u", "another cause");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> ledger.bean(Alerts.class).standings().get(0).raised() == 2);
            assertThat(delivery(ledger))
                    .returns(0L, Delivery.Standing::delivered)
                    .returns(1L, Delivery.Standing::waiting);
            begun = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void whatCannotBeSignedOrSentIsRefusedAndNoSecretIsShown() throws IOException {
        URI url = URI.create("https://example.com/alerts");
        for (String port : List.of("", "0", "65536")) {
            URI noPort = URI.create("http://127.0.0.1:" + port + "/hook");
            assertThatThrownBy(() -> Webhook.of(noPort, SECRET, null)).hasMessageContaining("no port from 1 to 65535");
        }
        assertThatThrownBy(() -> Webhook.of(url, null, null)).hasMessageContaining("give a secret");
        assertThatThrownBy(() -> Webhook.of(url, "short", null))
                .hasMessageContaining("could be guessed")
                .hasMessageNotContaining("short ");
        assertThatThrownBy(() -> Webhook.of(url, "whsec_???", null)).hasMessageContaining("no base64");
        assertThatThrownBy(() -> Webhook.of(URI.create("ftp://example.com"), SECRET, null))
                .hasMessageContaining("no address");
        assertThatThrownBy(() -> Webhook.of(URI.create("https://me:pw@example.com"), SECRET, null))
                .hasMessageContaining("no address");
        assertThatThrownBy(() -> Webhook.of(url, null, place.resolve("none"))).hasMessageContaining("secret-file");
        Path file = Files.writeString(place.resolve("secret"), SECRET + "\n");
        assertThat(Webhook.of(url, null, file).signature("id", 1, "{}"))
                .isEqualTo(Webhook.of(url, SECRET, null).signature("id", 1, "{}"))
                .isEqualTo(expected("id.1.{}"));
        assertThat(new LedgerProperties.Alerts.Webhook(url, SECRET, null).toString())
                .isEqualTo("example.com");
    }

    @Test
    void whatCannotBeReadOfHowFarItWasToldIsSaidToBeUnknown() throws IOException {
        Path file = place.resolve("alerts.json");
        ToldFile told = new ToldFile(file, "this ledger");
        assertThat(told.read()).isEmpty();
        told.write(42);
        assertThat(told.read()).hasValue(42L);
        assertThat(new ToldFile(file, "a fork of it").read()).isEmpty();
        Files.writeString(file, "{");
        assertThat(told.read()).isEmpty();
        told.write(43);
        assertThat(told.read()).hasValue(43L);
    }
}
