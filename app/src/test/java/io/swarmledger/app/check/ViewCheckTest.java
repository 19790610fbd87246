package io.swarmledger.app.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.view.RandomHistory;
import io.swarmledger.app.view.Replays;
import io.swarmledger.app.view.Rows;
import io.swarmledger.app.view.UnknownProjection;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.agent.AgentMetrics;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.agent.GetAgentMetrics;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.GetTaskStatistics;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.task.TaskStatistics;
import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.ProjectionNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A view is held against the log: where it says the same nothing is found, and whatever was changed in it is. */
class ViewCheckTest {

    private final TestLedger ledger = TestLedger.inMemory();
    private final Rows rows = new Rows();

    @AfterEach
    void close() {
        ledger.close();
    }

    private ViewCheck check(String name) {
        return ledger.bean(ViewChecks.class).run(name, read -> {});
    }

    private void tamper(String sql) {
        assertThat(JdbcClient.create(ledger.bean(ViewsFile.class).writer())
                        .sql(sql)
                        .update())
                .as(sql)
                .isPositive();
    }

    private void append(EventRow... events) throws Exception {
        ledger.log().writer().append(List.of(events));
        ledger.caughtUp();
    }

    @Test
    void viewsOfAnyHistorySayWhatTheLogSays() throws Exception {
        long seed = new Random().nextLong();
        ledger.log().writer().append(new RandomHistory(new Random(seed)).events("x-", 9, 1_500));
        ledger.caughtUp();

        for (String name : ReadModels.ofLedger().projections()) {
            ViewCheck check = check(name);
            assertThat(check.differences()).as("%s, seed %d", name, seed).isEmpty();
            assertThat(check.ok()).isTrue();
            assertThat(check.position()).isEqualTo(1_500);
            assertThat(check.states()).isPositive();
        }
    }

    @Test
    void whateverWasChangedInAViewIsFound() {
        for (String id : List.of("a", "b", "c", "d", "e", "f", "g")) {
            ledger.send(new SpawnAgent(id, "coder"));
            ledger.send(new AssignTask(id, "t-" + id));
            ledger.send(new CompleteAssignedTask(id, "t-" + id, null));
        }
        ledger.caughtUp();
        assertThat(check(ProjectionNames.AGENT_STATE).ok()).isTrue();

        tamper("UPDATE agent_state SET state = json_set(state, '$.errorCount', 7) WHERE id = 'a'");
        tamper("DELETE FROM agent_state WHERE id = 'b'");
        tamper("UPDATE GrownItem SET item = '\"forged\"' WHERE id = 'c'");
        tamper("UPDATE agent_state SET status = 'error' WHERE id = 'd'");
        tamper("INSERT INTO agent_state (generation, id, swarmId, state)"
                + " SELECT generation, 'ghost', swarmId, state FROM agent_state WHERE id = 'e'");
        tamper("UPDATE agent_state SET swarmId = 'another' WHERE id = 'f'");
        tamper("UPDATE agent_state SET state = 'no JSON' WHERE id = 'g'");

        ViewCheck check = check(ProjectionNames.AGENT_STATE);

        assertThat(check.ok()).isFalse();
        assertThat(check.differences())
                .extracting(ViewDifference::id, ViewDifference::field, difference -> String.valueOf(difference.view()))
                .contains(
                        tuple("a", "errorCount", "7"),
                        tuple("b", null, "null"),
                        tuple("c", "completedTasks", "[\"forged\"]"),
                        tuple("d", "filter by status", "\"error\""),
                        tuple("f", "filter by swarmId", "\"another\""));
        assertThat(check.differences())
                .extracting(ViewDifference::id)
                .contains("ghost")
                .doesNotContain("e");
        assertThat(check.differences())
                .filteredOn(one -> "g".equals(one.id()) || one.id() == null)
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.view().toString()).contains("It cannot be answered: ", "token 'no'"));
        assertThat(check.differing()).isEqualTo(check.differences().size());
        assertThat(check(ProjectionNames.TASK_HISTORY).ok()).isTrue();

        ledger.bean(Replays.class)
                .start(List.of(ProjectionNames.AGENT_STATE))
                .done()
                .join();
        assertThat(check(ProjectionNames.AGENT_STATE).differences()).isEmpty();
    }

    @Test
    void aNumberThatIsCountedWrongIsFoundAsSuch() {
        ledger.send(new CreateTask("one", "coding", "x"));
        ledger.send(new CreateTask("two", "coding", "x"));
        ledger.caughtUp();
        tamper("UPDATE task_history SET status = 'failed' WHERE id = 'two'");

        assertThat(check(ProjectionNames.TASK_HISTORY).differences())
                .extracting(ViewDifference::id, ViewDifference::field, one -> one.view() + " for " + one.log())
                .containsExactly(
                        tuple("two", "filter by status", "\"failed\" for \"pending\""),
                        tuple(null, "count of failed", "1 for 0"),
                        tuple(null, "count of pending", "1 for 2"));
    }

    @Test
    void aTextCutInTheMiddleOfACharacterStandsInTheViewAsInTheLog() throws Exception {
        append(rows.next("t", "task:created", "{\"title\":\"cut \\ud83d...\",\"taskType\":\"x\"}"));
        assertThat(ledger.page(FindTasks.all(), TaskState.class).items())
                .extracting(TaskState::title)
                .containsExactly("cut \ud83d...");

        assertThat(check(ProjectionNames.TASK_HISTORY).differences()).isEmpty();
    }

    @Test
    void aDurationThatCannotBeIsKeptInTheLogAndCountedNowhere() throws Exception {
        append(
                rows.next("a", "agent:spawned", "{\"role\":\"coder\"}"),
                rows.next("a", "agent:task-completed", "{\"taskId\":\"one\",\"duration\":-5}"),
                rows.next("a", "agent:task-completed", "{\"taskId\":\"two\",\"duration\":1.7e308}"),
                rows.next("a", "agent:task-completed", "{\"taskId\":\"three\",\"duration\":8}"),
                rows.next("t", "task:created", "{}"),
                rows.next("t", "task:started", "{\"startedAt\":5}"),
                rows.next("t", "task:completed", "{\"completedAt\":9,\"duration\":-1}"));

        assertThat(ledger.ask(new GetAgent("a"), AgentView.class))
                .extracting(one -> one.agent().taskCount(), one -> one.agent().totalTaskDuration())
                .containsExactly(3L, 8.0);
        assertThat(ledger.ask(new GetAgentMetrics(null), AgentMetrics.class).averageTaskDuration())
                .isEqualTo(8);
        assertThat(ledger.ask(new GetTaskStatistics(null), TaskStatistics.class).averageDuration())
                .isEqualTo(4);
        assertThat(ledger.page(FindEvents.of("a"), RecordedEvent.class)
                        .items()
                        .get(1)
                        .payload()
                        .toString())
                .contains("\"duration\":-5");
        for (String name : List.of(ProjectionNames.AGENT_STATE, ProjectionNames.TASK_HISTORY)) {
            assertThat(check(name).differences()).as(name).isEmpty();
        }
    }

    @Test
    void versionsThatLieInAnotherOrderAreFoundWhateverTheViewMadeOfThem() throws Exception {
        EventRow created = rows.next("t", "task:created", "{\"title\":\"T\"}");
        EventRow started = rows.next("t", "task:started", "{\"agentId\":\"a\",\"startedAt\":5}");
        EventRow completed = rows.next("t", "task:completed", "{\"result\":\"done\",\"completedAt\":9}");
        EventRow stored = rows.next("m", "memory:stored", "{\"storedAt\":1}");
        EventRow read = rows.next("m", "memory:retrieved", "{\"accessCount\":1,\"retrievedAt\":2}");
        EventRow readAgain = rows.next("m", "memory:retrieved", "{\"accessCount\":1,\"retrievedAt\":2}");
        append(created, completed, started, stored, readAgain, read);

        ViewCheck tasks = check(ProjectionNames.TASK_HISTORY);
        assertThat(tasks.differences())
                .extracting(ViewDifference::id, ViewDifference::field, one -> one.view() + " for " + one.log())
                .contains(
                        tuple("t", "version", "null for \"version 2 lies at position 3, version 3 at 2\""),
                        tuple("t", "status", "\"in-progress\" for \"completed\""),
                        tuple("t", "duration", "null for 4.0"));
        assertThat(check(ProjectionNames.MEMORY_INDEX).differences())
                .as("the view says what the log says, but for the order that it lies in")
                .extracting(ViewDifference::id, ViewDifference::field)
                .containsExactly(tuple("m", "version"));
    }

    @Test
    void whatWasPutAsideIsNotCompared() throws Exception {
        append(
                rows.next("a", "agent:spawned", "{\"role\":\"coder\"}"),
                rows.next("a", "agent:started", "{\"startedAt\":\"soon\"}"),
                rows.next("a", "agent:failed", "{}"),
                rows.next("b", "agent:spawned", "{\"role\":{}}"),
                rows.next("b", "agent:spawned", "{\"role\":7}"));

        ViewCheck check = check(ProjectionNames.AGENT_STATE);

        assertThat(check.differences()).isEmpty();
        assertThat(check.states()).isEqualTo(1);
        assertThat(check.deadLetters()).isEqualTo(4);
    }

    @Test
    void theFirstDifferencesAreShownAndAllAreCounted() throws Exception {
        List<EventRow> many = new ArrayList<>();
        for (int i = 0; i < Differences.MOST + 500; i++) {
            many.add(rows.next("task-" + i, "task:created", "{\"title\":\"" + "long ".repeat(400) + i + "\"}"));
        }
        append(many.toArray(EventRow[]::new));
        tamper("UPDATE task_history SET state = json_set(state, '$.title', json_extract(state, '$.title') || '!')");

        ViewCheck check = check(ProjectionNames.TASK_HISTORY);

        assertThat(check.ok()).isFalse();
        assertThat(check.differing()).isEqualTo(Differences.MOST + 500);
        assertThat(check.differences()).hasSize(Differences.MOST);
        assertThat(check.differences().get(0).view().toString())
                .contains("long 0!", "of 2004)")
                .hasSizeLessThan(200);
    }

    @Test
    void whileEventsComeInBothAreComparedAtOnePositionAndNobodyIsKept() {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> {
            int sent = 0;
            while (!stop.get()) {
                ledger.send(new CreateTask("task-" + sent++, "coding", "x"));
            }
            return sent;
        });
        Generations generations = new Generations(ledger.bean(ViewsFile.class).readers());
        long before = generations.of(ProjectionNames.TASK_HISTORY).orElseThrow().newest();
        EventProcessor processor = ledger.bean(EventProcessingConfiguration.class)
                .eventProcessor(ProjectionNames.TASK_HISTORY)
                .orElseThrow();
        try {
            for (int i = 0; i < 5; i++) {
                ViewCheck check = ledger.bean(ViewChecks.class)
                        .run(ProjectionNames.TASK_HISTORY, read -> assertThat(processor.isRunning())
                                .isTrue());
                assertThat(check.differences()).isEmpty();
            }
        } finally {
            stop.set(true);
        }
        int sent = writer.join();
        ledger.caughtUp();
        assertThat(ledger.page(FindTasks.all(), TaskState.class).total()).isEqualTo(sent);
        assertThat(generations.of(ProjectionNames.TASK_HISTORY).orElseThrow().newest())
                .as("a check makes no generation")
                .isEqualTo(before);
    }

    @Test
    void onlyWhatThereIs() {
        assertThatThrownBy(() -> check("nothing")).isInstanceOf(UnknownProjection.class);
        assertThatThrownBy(() -> ledger.bean(ViewChecks.class).events("nothing"))
                .isInstanceOf(UnknownProjection.class);
        assertThat(check(ProjectionNames.AGENT_STATE))
                .isEqualTo(new ViewCheck(ProjectionNames.AGENT_STATE, true, 0, 0, 0, false, 0, List.of()));
    }
}
