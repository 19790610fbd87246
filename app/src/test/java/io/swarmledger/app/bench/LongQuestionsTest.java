package io.swarmledger.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.wiring.TestLedger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.DoubleHistogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Appends of 64 clients over HTTP beside eight who ask again and again for what takes long, over those without, in turn:
 * {@code -Dlong.questions=5} for so many rounds, on quiet cores.
 */
@EnabledIfSystemProperty(named = "long.questions", matches = "\\d+")
class LongQuestionsTest {

    private static final int ROUNDS = Integer.getInteger("long.questions", 1);
    private static final int CLIENTS = 64;
    private static final int QUESTIONS = 8;
    private static final int VERSIONS = 1_000_000;
    private static final long APPENDS = 20_000;
    private static final long WARM = 50_000;
    private static final String QUESTION = "/api/aggregates/long/state?version=" + VERSIONS;

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private volatile boolean asking;

    @Test
    void appendsKeepFourFifthsOfTheirRate() throws Exception {
        Path data = directory.resolve("ledger");
        try (TestLedger ledger = TestLedger.in(data)) {
            ledger.log().writer().bulk((inserter, connection) -> {
                for (int version = 1; version <= VERSIONS; version++) {
                    inserter.insert(TestLedger.memoryRow("long", version));
                }
                return null;
            });
            ledger.caughtUp();
        }
        DoubleHistogram ratios = new DoubleHistogram(3);
        ExecutorService callers = Executors.newFixedThreadPool(QUESTIONS);
        try (ServedLedger served = ServedLedger.in(data)) {
            append(served, "warm", WARM);
            for (int round = 1; round <= ROUNDS; round++) {
                Throughput without = append(served, "without-" + round, APPENDS);
                asking = true;
                List<CompletableFuture<Void>> asked = ask(served, callers);
                // What takes long has begun by then.
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
                Throughput beside = append(served, "beside-" + round, APPENDS);
                asking = false;
                asked.forEach(CompletableFuture::join);
                ratios.recordValue(beside.perSecond() / without.perSecond());
                System.out.printf(
                        "%.0f a second, p99 %.0f ms; beside %d long questions %.0f, p99 %.0f ms: %.2f%n",
                        without.perSecond(),
                        without.p99Ms(),
                        QUESTIONS,
                        beside.perSecond(),
                        beside.p99Ms(),
                        beside.perSecond() / without.perSecond());
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(ratios.getValueAtPercentile(50)).isGreaterThanOrEqualTo(0.8);
    }

    private static Throughput append(ServedLedger served, String name, long events) throws IOException {
        return new HttpClients(served.port(), name).append(CLIENTS, events);
    }

    private List<CompletableFuture<Void>> ask(ServedLedger served, ExecutorService callers) {
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + served.port() + QUESTION))
                .build();
        for (int i = 0; i < QUESTIONS; i++) {
            asked.add(CompletableFuture.runAsync(() -> askOn(question), callers));
        }
        return asked;
    }

    private void askOn(HttpRequest question) {
        try {
            while (asking) {
                if (http.send(question, BodyHandlers.discarding()).statusCode() == 503) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                }
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
