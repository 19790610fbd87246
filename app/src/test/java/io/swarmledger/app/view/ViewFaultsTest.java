package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ProjectionNames;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The file of the views fails, not an event: nothing of the batch is there, and it comes again. */
class ViewFaultsTest {

    private static TestLedger ledger;
    private static final Rows ROWS = new Rows();

    @BeforeAll
    static void open() {
        ledger = TestLedger.inMemory();
        views("CREATE TABLE Tripped (id TEXT REFERENCES Absent (id) DEFERRABLE INITIALLY DEFERRED)");
        views("CREATE TABLE Absent (id TEXT PRIMARY KEY)");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static JdbcClient views() {
        return JdbcClient.create(ledger.bean(ViewsFile.class).writer());
    }

    private static void views(String sql) {
        views().sql(sql).update();
    }

    private static long count(String table) {
        return views().sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    /** The one fails at its row, the other only when it is committed. */
    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT RAISE(ABORT, 'database or disk is full')", "INSERT INTO Tripped (id) VALUES ('nowhere')"
            })
    void tokenAndRowsAreThereTogetherOrNotAtAll(String fault) throws Exception {
        long before = count("agent_state");
        views("CREATE TRIGGER fault BEFORE INSERT ON agent_state WHEN NEW.id LIKE 'jam%' BEGIN " + fault + "; END");
        Positions positions = ledger.bean(Positions.class);
        long seen = positions.of(ProjectionNames.AGENT_STATE);
        String token = token();
        String jam = "jam-" + seen;
        ledger.log()
                .writer()
                .append(List.of(
                        ROWS.next(jam, "agent:spawned", "{}"),
                        ROWS.next(jam, "agent:task-completed", "{\"taskId\":\"once\"}"),
                        ROWS.next("behind-" + seen, "agent:spawned", "{}"),
                        ROWS.next("t-" + seen, "task:created", "{}")));
        positions.await(ProjectionNames.TASK_HISTORY, ledger.head(), Duration.ofSeconds(30));

        await().during(Duration.ofMillis(300)).untilAsserted(() -> {
            assertThat(count("agent_state")).isEqualTo(before);
            assertThat(positions.of(ProjectionNames.AGENT_STATE)).isEqualTo(seen);
            assertThat(token()).isEqualTo(token);
            assertThat(count("Tripped")).isZero();
        });

        views("DROP TRIGGER fault");
        ledger.caughtUp();
        assertThat(count("DeadLetterEntry")).as("it was no event's fault").isZero();
        assertThat(ledger.ask(new GetAgent(jam), AgentView.class)
                        .agent()
                        .completedTasks()
                        .toList())
                .containsExactly("once");
        assertThat(ledger.page(FindAgents.all(), AgentView.class).total()).isEqualTo(before + 2);
    }

    private static String token() {
        return views().sql(
                        "SELECT coalesce(CAST(token AS TEXT), '') FROM TokenEntry WHERE processorName = 'agent-state'")
                .query(String.class)
                .single();
    }
}
