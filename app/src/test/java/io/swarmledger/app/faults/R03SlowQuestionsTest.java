package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.wiring.TestLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Questions that take long: appends go on, small questions too, and the long ones end at their time-out. */
class R03SlowQuestionsTest {

    private static final int EVENTS = 300_000;
    private static final int QUESTIONS = 8;
    private static final String SLOW = "/api/aggregates/long/state?version=" + EVENTS;

    private static HttpLedger ledger;
    private static final ExecutorService CALLERS = Executors.newCachedThreadPool();

    @BeforeAll
    static void open() throws Exception {
        ledger = HttpLedger.inMemory("swarm-ledger.query-timeout=5s");
        ledger.bean(LogFile.class).writer().bulk((inserter, connection) -> {
            for (int version = 1; version <= EVENTS; version++) {
                inserter.insert(TestLedger.memoryRow("long", version));
            }
            return null;
        });
    }

    @AfterAll
    static void close() {
        CALLERS.shutdownNow();
        ledger.close();
    }

    @Test
    void appendsGoOnBesideThemAndEachIsAnsweredOrSaysThatItTakesTooLong() {
        append("the-first-takes-longer");
        List<CompletableFuture<Answer>> slow = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            slow.add(CompletableFuture.supplyAsync(() -> ledger.get(SLOW), CALLERS));
        }
        long begun = System.nanoTime();
        int beside = 0;
        for (int i = 0; slow.stream().noneMatch(CompletableFuture::isDone); i++) {
            append("task-" + i);
            beside += slow.stream().noneMatch(CompletableFuture::isDone) ? 1 : 0;
        }
        assertThat(beside).as("appends that waited for none of them").isPositive();
        assertThat(ledger.get("/api/events?aggregateId=task-0").status()).isEqualTo(200);

        for (CompletableFuture<Answer> one : slow) {
            Answer answer = one.join();
            if (answer.status() != 200) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(503);
                assertThat(answer.json().get("type").stringValue())
                        .isIn("urn:swarm-ledger:problem:query-timeout", "urn:swarm-ledger:problem:too-many-queries");
                assertThat(answer.header("Retry-After")).isNotNull();
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> ledger.get("/api/events/long-7").status() == 200);
    }

    /** Of a new aggregate: the log is read before it is decided. */
    private static void append(String id) {
        Answer answer = ledger.post("/api/tasks", "{\"taskId\":\"" + id + "\",\"title\":\"t\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    @Test
    void aQuestionAloneIsAnswered() {
        assertThat(ledger.get("/api/aggregates/long/state?version=1000")
                        .json()
                        .get("version")
                        .longValue())
                .isEqualTo(1000);
    }
}
