package io.swarmledger.app.view;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.Generations.Standing;
import io.swarmledger.query.view.ProjectionNames;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReplaysTest {

    /** More than a replay takes at once, so that half way there is something to go on from. */
    private static final int EVENTS = 10_500;

    /** What a replay of the agents takes at once, 10,000 events of theirs, and what it passes over among them. */
    private static final long HALF = 10_050;

    private static final List<String> AGENTS = List.of(ProjectionNames.AGENT_STATE);

    @TempDir
    static Path directory;

    private static TestLedger ledger;
    private static final Rows ROWS = new Rows();

    @BeforeAll
    static void open() throws Exception {
        ledger = TestLedger.in(directory);
        List<EventRow> rows = new ArrayList<>();
        for (int i = 0; rows.size() < EVENTS; i++) {
            String agent = "agent-" + i % 50;
            if (i < 50) {
                rows.add(ROWS.next(agent, "agent:spawned", "{\"role\":\"coder\"}"));
                rows.add(ROWS.next("task-" + i, "task:created", "{\"title\":\"T\"}"));
            }
            rows.add(ROWS.next(agent, "agent:task-completed", "{\"taskId\":\"task-" + i + "\",\"duration\":2}"));
        }
        append(rows);
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static void append(List<EventRow> rows) throws Exception {
        ledger.log().writer().append(rows);
        ledger.caughtUp();
    }

    private static JdbcClient views() {
        return JdbcClient.create(ledger.bean(ViewsFile.class).writer());
    }

    private static Standing standing(String name) {
        return new Generations(ledger.bean(ViewsFile.class).writer()).of(name).orElseThrow();
    }

    private static List<AgentView> agents() {
        return ledger.page(FindAgents.all(), AgentView.class).items();
    }

    private static List<Long> generationsOfAgents() {
        return views().sql("SELECT DISTINCT generation FROM agent_state UNION SELECT DISTINCT generation FROM GrownItem"
                        + " WHERE projection = 'agent-state'")
                .query(Long.class)
                .list();
    }

    private static StreamingEventProcessor processor(String name) {
        return ledger.bean(EventProcessingConfiguration.class)
                .eventProcessor(name, StreamingEventProcessor.class)
                .orElseThrow();
    }

    /** Replays over the same ledger whose reading of the log stops before a position until it is let go. */
    private static final class Held implements AutoCloseable {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final Replays replays;

        Held(long position) {
            EventStorageEngine log = ledger.bean(EventStorageEngine.class);
            EventStorageEngine held = (EventStorageEngine) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {EventStorageEngine.class},
                    (proxy, method, arguments) -> {
                        try {
                            Object result = method.invoke(log, arguments);
                            return method.getName().equals("readEvents") && result instanceof Stream<?> events
                                    ? events.peek(event -> hold((TrackedEventMessage<?>) event, position))
                                    : result;
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        }
                    });
            ViewsFile views = ledger.bean(ViewsFile.class);
            replays = new Replays(
                    ledger.bean(Projections.class),
                    views,
                    held,
                    ledger.bean(Serializer.class),
                    ledger.bean(ViewTokens.class).store(),
                    new SpringTransactionManager(views.transactions()),
                    ledger.bean(DeadLetters.class),
                    ledger.bean(EventProcessingConfiguration.class),
                    Clock.systemUTC(),
                    () -> {});
            replays.start();
        }

        private void hold(TrackedEventMessage<?> event, long position) {
            if (event.trackingToken().position().orElseThrow() == position) {
                reached.countDown();
                try {
                    released.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        Replay startAndHold(List<String> names) throws InterruptedException {
            Replay replay = replays.start(names);
            reached.await();
            await().until(() -> replay.progress().position() == HALF);
            return replay;
        }

        void release() {
            released.countDown();
        }

        @Override
        public void close() {
            CompletableFuture<Void> stopped = runAsync(replays::stop);
            await().until(() -> !replays.isRunning());
            release();
            stopped.join();
        }
    }

    @Test
    void aNameThatNobodyHasIsAnError() {
        Replays replays = ledger.bean(Replays.class);
        assertThatThrownBy(() -> replays.start(List.of("agent-state", "agents")))
                .isInstanceOf(UnknownProjection.class)
                .hasMessage("There is no projection agents; there are agent-state, task-history, memory-index,"
                        + " swarm-overview");
        assertThatThrownBy(() -> replays.latest("agents")).isInstanceOf(UnknownProjection.class);
        assertThatThrownBy(() -> replays.start(List.of())).isInstanceOf(ReplayRefused.class);
    }

    @Test
    void aDamagedViewIsRightAgain() {
        List<AgentView> agents = agents();
        List<TaskState> tasks = ledger.page(FindTasks.all(), TaskState.class).items();
        for (String damage : List.of(
                "UPDATE agent_state SET state = '{}', status = 'lost' WHERE id < 'agent-3'",
                "UPDATE agent_state SET state = 'no JSON' WHERE id = 'agent-4'",
                "DELETE FROM agent_state WHERE id > 'agent-45'",
                "DELETE FROM GrownItem WHERE place % 2 = 0",
                "INSERT INTO task_history (generation, id, swarmId, status, state)"
                        + " SELECT live, 'ghost', 's', 'x', '{}' FROM Projection WHERE name = 'task-history'")) {
            views().sql(damage).update();
        }

        Replay replay = ledger.bean(Replays.class).start(ReadModels.ofLedger().projections());
        replay.done().join();

        assertThat(agents()).isEqualTo(agents);
        assertThat(ledger.page(FindTasks.all(), TaskState.class).items()).isEqualTo(tasks);
        Replay.Progress progress = replay.progress();
        assertThat(progress.state()).isEqualTo("done");
        assertThat(progress.percent()).isEqualTo(100);
        assertThat(progress.position()).isEqualTo(ledger.head()).isEqualTo(progress.target());
        assertThat(progress.error()).isNull();
        assertThat(ledger.bean(Replays.class).latest("agent-state")).contains(replay);
        await().untilAsserted(() -> assertThat(generationsOfAgents())
                .as("the old generation is swept away")
                .containsExactly(standing("agent-state").live()));
    }

    @Test
    void meanwhileTheOldViewAnswersAndTheLiveOneGoesOn() throws Exception {
        List<AgentView> before = agents();
        long live = standing("agent-state").live();
        try (Held held = new Held(10_400)) {
            Replay replay = held.startAndHold(AGENTS);

            assertThat(agents()).isEqualTo(before);
            append(List.of(ROWS.next("agent-1", "agent:task-completed", "{\"taskId\":\"meanwhile\"}")));
            assertThat(ledger.ask(new GetAgent("agent-1"), AgentView.class)
                            .agent()
                            .completedTasks()
                            .toList())
                    .endsWith("meanwhile");
            assertThat(standing("agent-state").live()).isEqualTo(live);
            Replay.Progress progress = replay.progress();
            assertThat(progress.state()).isEqualTo("running");
            assertThat(progress.position()).isEqualTo(HALF);
            assertThat(progress.percent()).isBetween(50.0, 99.0);
            assertThatThrownBy(() -> held.replays.start(ReadModels.ofLedger().projections()))
                    .isInstanceOf(ReplayRefused.class)
                    .hasMessageStartingWith("A replay of agent-state is under way: ");

            List<AgentView> grown = agents();
            held.release();
            replay.done().join();
            assertThat(standing("agent-state").live()).isGreaterThan(live);
            assertThat(agents()).isEqualTo(grown);
            append(List.of(ROWS.next("agent-1", "agent:task-completed", "{\"taskId\":\"afterwards\"}")));
            assertThat(ledger.ask(new GetAgent("agent-1"), AgentView.class)
                            .agent()
                            .completedTasks()
                            .toList())
                    .endsWith("meanwhile", "afterwards");
        }
    }

    @Test
    void cancelledItChangesNothingAndLeavesNothing() throws Exception {
        List<AgentView> before = agents();
        long live = standing("agent-state").live();
        try (Held held = new Held(10_400)) {
            Replay replay = held.startAndHold(AGENTS);
            replay.cancel();
            held.release();
            replay.done().join();
            assertThat(replay.progress().state()).isEqualTo("cancelled");
            assertThat(replay.progress().percent()).isLessThan(100);
        }
        assertThat(standing("agent-state").live()).isEqualTo(live);
        assertThat(standing("agent-state").rebuilding()).isNull();
        assertThat(agents()).isEqualTo(before);
        ledger.bean(Replays.class).sweepLater();
        await().untilAsserted(() -> assertThat(generationsOfAgents()).containsExactly(live));
    }

    @Test
    void killedHalfWayItGoesOnAtTheNextStart() throws Exception {
        List<AgentView> before = agents();
        Held held = new Held(10_400);
        Replay replay = held.startAndHold(AGENTS);
        held.close();
        assertThat(replay.progress().state()).isEqualTo("failed");
        assertThat(replay.progress().error()).isEqualTo("The process stops; the replay goes on at its next start");
        Standing half = standing("agent-state");
        assertThat(half.rebuiltTo()).isEqualTo(HALF);

        ledger.close();
        ledger = TestLedger.in(directory);
        Replay resumed = ledger.bean(Replays.class).latest("agent-state").orElseThrow();
        resumed.done().join();

        Standing whole = standing("agent-state");
        assertThat(whole.live()).as("the generation that was half full").isEqualTo(half.rebuilding());
        assertThat(whole.rebuilding()).isNull();
        assertThat(resumed.progress().percent()).isEqualTo(100);
        assertThat(agents()).isEqualTo(before);
    }

    /** As anybody may do it who knows nothing of generations. */
    @Test
    void axonsOwnResetFillsANewGenerationToo() throws Exception {
        List<AgentView> before = agents();
        Standing old = standing("agent-state");
        StreamingEventProcessor processor = processor("agent-state");
        processor.shutDown();
        processor.resetTokens();

        Standing reset = standing("agent-state");
        assertThat(reset.live()).isEqualTo(old.live());
        assertThat(reset.filling()).isGreaterThan(old.live());
        Page<AgentView> meanwhile = ledger.bean(QueryGateway.class)
                .query(FindAgents.all(), PageOf.items(AgentView.class))
                .join();
        assertThat(meanwhile.items()).isEqualTo(before);

        processor.start();
        await().untilAsserted(() -> assertThat(standing("agent-state").live()).isEqualTo(reset.filling()));
        assertThat(agents()).isEqualTo(before);
        append(List.of(ROWS.next("agent-2", "agent:stopped", "{}")));
        assertThat(ledger.ask(new GetAgent("agent-2"), AgentView.class).health())
                .isEqualTo("stopped");
        await().untilAsserted(() -> assertThat(generationsOfAgents()).containsExactly(reset.filling()));
    }

    @Test
    void anEmptyLogIsRebuiltAtOnce() {
        try (TestLedger empty = TestLedger.inMemory()) {
            Replay replay =
                    empty.bean(Replays.class).start(ReadModels.ofLedger().projections());
            replay.done().join();
            assertThat(replay.progress().state()).isEqualTo("done");
            assertThat(replay.progress().percent()).isEqualTo(100);
            assertThat(empty.page(FindAgents.all(), AgentView.class).total()).isZero();
        }
    }
}
