package io.swarmledger.app.http.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service stops under load: what was answered is there, and whoever follows is told why it ends. */
class GracefulShutdownTest {

    private static final int CLIENTS = 8;

    @TempDir
    Path directory;

    @Test
    void whatWasAnsweredIsThereAndStreamsEndWithAReason() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Queue<Integer> otherAnswers = new ConcurrentLinkedQueue<>();
        AtomicInteger numbers = new AtomicInteger();
        HttpLedger ledger = HttpLedger.in(directory);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        CompletableFuture<String> stream = java.net.http.HttpClient.newHttpClient()
                .sendAsync(ledger.request("/api/events/stream").build(), BodyHandlers.ofString())
                .thenApply(java.net.http.HttpResponse::body);
        for (int i = 0; i < CLIENTS; i++) {
            clients.execute(() -> post(ledger, numbers, acknowledged, otherAnswers));
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > 200);

        long start = System.nanoTime();
        ledger.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        clients.shutdown();
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(otherAnswers).as("refusals while it stops").isSubsetOf(503);
        assertThat(stream.get(10, TimeUnit.SECONDS).strip().lines().toList())
                .as("the end of the stream")
                .last()
                .asString()
                .contains("stop");
        try (TestLedger again = TestLedger.in(directory)) {
            Set<String> there =
                    again
                            .page(FindEvents.all().with(query -> query.limit(10_000)), RecordedEvent.class)
                            .items()
                            .stream()
                            .map(RecordedEvent::aggregateId)
                            .collect(Collectors.toSet());
            assertThat(there).containsAll(acknowledged);
        }
    }

    private static void post(
            HttpLedger ledger, AtomicInteger numbers, Set<String> acknowledged, Queue<Integer> otherAnswers) {
        while (true) {
            String agent = "agent-" + numbers.incrementAndGet();
            try {
                Answer answer = ledger.post(
                        "/api/events",
                        "{\"type\":\"agent:spawned\",\"aggregateId\":\"" + agent
                                + "\",\"payload\":{\"role\":\"coder\"}}");
                if (answer.status() == 201) {
                    acknowledged.add(agent);
                } else {
                    otherAnswers.add(answer.status());
                }
            } catch (UncheckedIOException closed) {
                return;
            }
        }
    }
}
