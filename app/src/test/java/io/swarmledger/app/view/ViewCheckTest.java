package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.view.ProjectionNames;
import io.swarmledger.query.view.ViewDifference;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A view is held against the log: where it says the same nothing is found, and whatever was changed in it is. */
class ViewCheckTest {

    private final TestLedger ledger = TestLedger.inMemory();

    @AfterEach
    void close() {
        ledger.close();
    }

    private ViewCheck check(String name) {
        return ledger.bean(Replays.class).check(name).join();
    }

    private void tamper(String sql) {
        JdbcClient.create(ledger.bean(ViewsFile.class).writer()).sql(sql).update();
    }

    @Test
    void viewsOfAnyHistorySayWhatTheLogSays() throws Exception {
        long seed = new Random().nextLong();
        ledger.log().writer().append(new RandomHistory(new Random(seed)).events("x-", 9, 1_500));
        ledger.caughtUp();

        for (String name : ProjectionNames.ALL) {
            ViewCheck check = check(name);
            assertThat(check.differences()).as("%s, seed %d", name, seed).isEmpty();
            assertThat(check.ok()).isTrue();
            assertThat(check.position()).isEqualTo(1_500);
            assertThat(check.states()).isPositive();
        }
    }

    @Test
    void whateverWasChangedInAViewIsFound() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            ledger.send(new SpawnAgent(id, "coder"));
            ledger.send(new AssignTask(id, "t-" + id));
            ledger.send(new CompleteAssignedTask(id, "t-" + id, null));
        }
        ledger.caughtUp();

        tamper("UPDATE agent_state SET state = json_set(state, '$.errorCount', 7) WHERE id = 'a'");
        tamper("DELETE FROM agent_state WHERE id = 'b'");
        tamper("UPDATE GrownItem SET item = '\"forged\"' WHERE id = 'c'");
        tamper("UPDATE agent_state SET status = 'error' WHERE id = 'd'");
        tamper("INSERT INTO agent_state (generation, id, swarmId, state)"
                + " SELECT generation, 'ghost', swarmId, state FROM agent_state WHERE id = 'e'");

        ViewCheck check = check(ProjectionNames.AGENT_STATE);

        assertThat(check.ok()).isFalse();
        assertThat(check.differences())
                .extracting(ViewDifference::id, ViewDifference::field, difference -> String.valueOf(difference.view()))
                .contains(
                        tuple("a", "errorCount", "7"),
                        tuple("b", null, "null"),
                        tuple("c", "completedTasks", "[\"forged\"]"),
                        tuple("d", "index", "null"));
        assertThat(check.differences())
                .extracting(ViewDifference::id)
                .contains("ghost")
                .doesNotContain("e");
        assertThat(check(ProjectionNames.TASK_HISTORY).ok()).isTrue();

        ledger.bean(Replays.class)
                .start(List.of(ProjectionNames.AGENT_STATE))
                .done()
                .join();
        assertThat(check(ProjectionNames.AGENT_STATE).differences()).isEmpty();
    }

    @Test
    void whileEventsComeInBothAreComparedAtOnePositionAndTheViewGoesOn() {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> {
            int sent = 0;
            while (!stop.get()) {
                ledger.send(new CreateTask("task-" + sent++, "coding", "x"));
            }
            return sent;
        });
        try {
            for (int i = 0; i < 5; i++) {
                assertThat(check(ProjectionNames.TASK_HISTORY).differences()).isEmpty();
            }
        } finally {
            stop.set(true);
        }
        int sent = writer.join();
        ledger.caughtUp();
        assertThat(ledger.page(FindTasks.all(), TaskState.class).total()).isEqualTo(sent);
    }

    @Test
    void oneAtATimeAndOnlyWhatThereIs() {
        assertThatThrownBy(() -> ledger.bean(Replays.class).check("nothing")).isInstanceOf(UnknownProjection.class);
        ledger.send(new SpawnAgent("a", "coder"));
        ledger.caughtUp();
        assertThat(check(ProjectionNames.AGENT_STATE).ok()).isTrue();
        assertThat(ledger.bean(Replays.class).latest(ProjectionNames.AGENT_STATE))
                .as("a check is no replay")
                .isEmpty();
    }
}
