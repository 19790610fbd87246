package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.ChildJvm;
import io.swarmledger.app.SwarmLedger;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.view.Replays;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.ReadModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a rebuild under way is to those who ask and write, and twice at once, is in {@code ReplaysTest}. */
@DisplayName("E3 a rebuild killed at 10, 50 and 90 %")
class E03RebuildKilledTest {

    private static final int EVENTS = 120_000;
    private static final int AT_ONCE = 5_000;

    @TempDir
    Path directory;

    @Test
    void itGoesOnAndIsInTheEndWhatAFreshOneIs() throws Exception {
        Map<String, List<Map<String, Object>>> before;
        try (TestLedger ledger = TestLedger.in(directory)) {
            fill(ledger);
            ledger.bean(Replays.class)
                    .start(ReadModels.ofLedger().projections())
                    .done()
                    .join();
            before = Green.contents(ledger.caughtUp().bean(ViewsFile.class).readers());
        }
        long reached = 0;
        for (int percent : new int[] {10, 50, 90}) {
            reached = killAt(percent, reached);
        }

        Process whole = replay();
        assertThat(whole.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(whole.exitValue()).isZero();
        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(Green.contents(ledger.caughtUp().bean(ViewsFile.class).readers()))
                    .as("killed, and gone on")
                    .isEqualTo(before);
        }
        Files.delete(directory.resolve("views.db"));
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.bean(Replays.class)
                    .start(ReadModels.ofLedger().projections())
                    .done()
                    .join();
            assertThat(Green.contents(ledger.caughtUp().bean(ViewsFile.class).readers()))
                    .as("from nothing")
                    .isEqualTo(before);
        }
    }

    private long killAt(int percent, long from) throws Exception {
        Process process = replay();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(120))
                .until(() -> rebuiltTo() >= EVENTS * percent / 100);
        process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        assertThat(process.exitValue()).as("killed before it was done").isNotZero();
        long reached = rebuiltTo();
        assertThat(reached).as("goes on from where it was").isGreaterThan(from).isLessThan(EVENTS);
        return reached;
    }

    private Process replay() throws Exception {
        List<String> command = ChildJvm.command(SwarmLedger.class);
        command.addAll(List.of("replay", "all", "--data", directory.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private long rebuiltTo() {
        return JdbcClient.create(SqliteConnections.reading(directory.resolve("views.db")))
                .sql("SELECT coalesce(min(rebuiltTo), -1) FROM Projection")
                .query(Long.class)
                .single();
    }

    private static void fill(TestLedger ledger) throws Exception {
        Map<String, Long> versions = new HashMap<>();
        List<EventRow> rows = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            String n = String.valueOf(i % 1_000);
            boolean first = i < 4_000;
            EventRow row =
                    switch (i % 4) {
                        case 0 -> row(versions, i, "agent-" + n, first ? "agent:spawned" : "agent:task-completed");
                        case 1 -> row(versions, i, "task-" + n, first ? "task:created" : "task:failed");
                        case 2 -> row(versions, i, "memory-" + n, first ? "memory:stored" : "memory:retrieved");
                        default -> row(versions, i, "swarm-" + n, first ? "swarm:initialized" : "swarm:error");
                    };
            rows.add(row);
            if (rows.size() == AT_ONCE) {
                ledger.log().writer().append(rows);
                rows.clear();
            }
        }
    }

    private static EventRow row(Map<String, Long> versions, int i, String id, String type) {
        return new EventRow(
                "event-" + i,
                id,
                versions.merge(id, 0L, (before, none) -> before + 1),
                type.substring(0, type.indexOf(':')),
                1_000L + i,
                type,
                "1",
                "{\"taskId\":\"t-" + i + "\",\"namespace\":\"n\",\"key\":\"k\",\"error\":\"e\",\"retryCount\":" + i
                        + ",\"accessCount\":" + i + "}",
                "{}",
                "swarm",
                null,
                null,
                "swarm",
                null);
    }
}
