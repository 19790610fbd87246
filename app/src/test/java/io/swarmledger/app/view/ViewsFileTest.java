package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class ViewsFileTest {

    @TempDir
    Path directory;

    private final Rows rows = new Rows();

    private LogFile log(String name) {
        return LogFile.open(directory.resolve(name), Clock.systemUTC());
    }

    private ViewsFile views(LogFile log) {
        return ViewsFile.open(directory.resolve("views.db"), log, ReadModels.ofLedger());
    }

    private static void execute(ViewsFile views, String sql) {
        JdbcClient.create(views.writer()).sql(sql).update();
    }

    private static <T> T one(ViewsFile views, String sql, Class<T> type) {
        return JdbcClient.create(views.readers()).sql(sql).query(type).single();
    }

    /** Of a dead process: waiting until they time out would take ten seconds. */
    @Test
    void claimsOfWhoeverHadItOpenAreReleased() {
        try (LogFile log = log("events.db")) {
            try (ViewsFile views = views(log)) {
                execute(
                        views,
                        "INSERT INTO TokenEntry (processorName, segment, timestamp, owner)"
                                + " VALUES ('agent-state', 0, '2999-01-01T00:00:00Z', '4711@elsewhere')");
            }
            try (ViewsFile views = views(log)) {
                assertThat(one(views, "SELECT count(*) FROM TokenEntry WHERE owner IS NULL", Long.class))
                        .isEqualTo(1);
            }
        }
    }

    private static void pretendToHaveSeen(ViewsFile views, String column, long position) {
        execute(views, "UPDATE Projection SET " + column + " = " + position + " WHERE name = 'task-history'");
        execute(
                views,
                "INSERT INTO task_history (generation, id, swarmId, status, state) VALUES (1, 't', 's', 'x', '{}')");
    }

    @Test
    void whatFitsIsKept() throws Exception {
        try (LogFile log = log("events.db")) {
            log.writer().append(List.of(rows.next("t", "task:created", "{}")));
            try (ViewsFile views = views(log)) {
                pretendToHaveSeen(views, "position", 1);
            }
            try (ViewsFile views = views(log)) {
                assertThat(one(views, "SELECT count(*) FROM task_history", Long.class))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void viewsThatHaveSeenMoreThanTheLogHoldsAreMadeAnew() throws Exception {
        try (LogFile log = log("events.db")) {
            log.writer().append(List.of(rows.next("t", "task:created", "{}")));
            for (String column : List.of("position", "rebuiltTo")) {
                try (ViewsFile views = views(log)) {
                    pretendToHaveSeen(views, column, 2);
                }
                try (ViewsFile views = views(log)) {
                    assertThat(one(views, "SELECT count(*) FROM task_history", Long.class))
                            .as(column)
                            .isZero();
                    assertThat(one(views, "SELECT max(position) FROM Projection", Long.class))
                            .isZero();
                }
            }
        }
    }

    @Test
    void viewsOfAnotherLedgerAreMadeAnew() throws Exception {
        try (LogFile log = log("events.db");
                LogFile other = log("other.db")) {
            for (LogFile one : List.of(log, other)) {
                one.writer().append(List.of(rows.next("t", "task:created", "{}")));
            }
            try (ViewsFile views = views(log)) {
                pretendToHaveSeen(views, "position", 1);
            }
            try (ViewsFile views = views(other)) {
                assertThat(one(views, "SELECT count(*) FROM task_history", Long.class))
                        .isZero();
            }
        }
    }

    @Test
    void deletedTheyAreFilledFromTheLogAgain() throws Exception {
        List<AgentView> before;
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.log()
                    .writer()
                    .append(List.of(
                            rows.next("a", "agent:spawned", "{}"),
                            rows.next("a", "agent:task-completed", "{\"taskId\":\"t\"}")));
            before = ledger.page(FindAgents.all(), AgentView.class).items();
        }
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(directory.resolve("views.db" + suffix));
        }
        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(before).hasSize(1);
            assertThat(ledger.caughtUp().page(FindAgents.all(), AgentView.class).items())
                    .isEqualTo(before);
        }
    }
}
