package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.ChangeAgentStatus;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.ViewBehind;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.timetravel.Evidence;
import io.swarmledger.query.timetravel.FindEvidence;
import io.swarmledger.query.view.ProjectionNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever writes can read it at once, and whoever waits for it is told. */
class ReadingWhatWasWrittenTest {

    private static TestLedger ledger;

    @BeforeAll
    static void open() {
        ledger = TestLedger.inMemory();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static QueryGateway queries() {
        return ledger.bean(QueryGateway.class);
    }

    /** A processor that was told nothing would look again each half second. */
    @Test
    void whatWasWrittenIsReadAtOnce() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            long begun = System.nanoTime();
            String id = "agent-" + i;
            Appended spawned = ledger.send(new SpawnAgent(id, "coder", "core", List.of()));
            assertThat(queries()
                            .query(AtLeast.position(spawned.position(), new GetAgent(id)), AgentView.class)
                            .join())
                    .isNotNull();
            waits.add((System.nanoTime() - begun) / 1_000_000);
        }
        Collections.sort(waits);
        assertThat(waits.get(waits.size() / 2)).as("ms, sorted: %s", waits).isLessThan(200);
    }

    @Test
    void onceItIsClosedNoThreadOfItIsLeft() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (TestLedger other = TestLedger.inMemory()) {
            other.send(new SpawnAgent("short-lived", "coder", "core", List.of()));
            other.caughtUp();
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !thread.isDaemon() && !before.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> !name.startsWith("awaitility")))
                .isEmpty());
    }

    @Test
    void aPositionThatIsNotThereYetIsWaitedForTwoSeconds() {
        ledger.send(new SpawnAgent("waiting", "coder", "core", List.of()));
        ledger.caughtUp();
        long head = ledger.head();
        long begun = System.nanoTime();
        assertThatThrownBy(() -> queries()
                        .query(AtLeast.position(head + 1, new GetAgent("waiting")), AgentView.class)
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(ViewBehind.class, behind -> {
                    assertThat(behind.seen()).isEqualTo(head);
                    assertThat(behind.asked()).isEqualTo(head + 1);
                })
                .hasMessage("minPosition: agent-state has seen position " + head + ", not yet " + (head + 1));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThatThrownBy(() -> queries()
                        .query(AtLeast.position(head + 1, FindEvents.all()), PageOf.items(RecordedEvent.class))
                        .join())
                .as("of the log")
                .hasCauseInstanceOf(ViewBehind.class);
    }

    @Test
    void evidenceOfNowWaitsForTheViewThatCounts() {
        EventProcessor view = ledger.bean(EventProcessingConfiguration.class)
                .eventProcessor(ProjectionNames.MEMORY_INDEX)
                .orElseThrow();
        view.shutDown();
        try {
            ledger.send(new StoreMemory("counted", "evidence", "k", "episodic", 7));
            assertThatThrownBy(() -> ledger.page(FindEvidence.of("memory", "size"), Evidence.class))
                    .hasCauseInstanceOf(ViewBehind.class)
                    .hasMessageContaining("memory-index has seen position");
        } finally {
            view.start();
        }
        assertThat(ledger.page(FindEvidence.of("memory", "size").withNamespace("evidence"), Evidence.class)
                        .items())
                .hasSize(1);
    }

    @Test
    void whatIsNoPositionIsRefused() {
        for (Object position : List.of(-1L, "7")) {
            assertThatThrownBy(() -> queries()
                            .query(
                                    new GenericMessage<LedgerQuery>(
                                            new GetAgent("a"), Map.of(AtLeast.MIN_POSITION, position)),
                                    AgentView.class)
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(InvalidQuery.class, refused -> assertThat(refused.field())
                            .isEqualTo("minPosition"));
        }
    }

    private static <T> SubscriptionQueryResult<Page<T>, T> subscribe(LedgerQuery query, Class<T> item) {
        return queries().subscriptionQuery(query, PageOf.items(item), ResponseTypes.instanceOf(item));
    }

    @Test
    void subscribersAreToldWhatConcernsThemAndNothingOfAReplay() {
        ledger.send(new SpawnAgent("here", "listener", "core", List.of()));
        ledger.send(new CreateTask("task-here", "listening", "Listen"));
        ledger.caughtUp();
        SubscriptionQueryResult<Page<AgentView>, AgentView> active =
                subscribe(FindAgents.all().with(query -> query.role("listener").status("active")), AgentView.class);
        SubscriptionQueryResult<Page<TaskState>, TaskState> tasks =
                subscribe(FindTasks.all().with(query -> query.type("listening")), TaskState.class);
        List<String> told = new CopyOnWriteArrayList<>();
        active.updates()
                .subscribe(agent ->
                        told.add(agent.agent().id() + " " + agent.agent().status()));
        // Told after the commit, so a change that the first answer has may be told once more.
        tasks.updates()
                .filter(task -> !task.status().equals("pending"))
                .subscribe(task -> told.add(task.id() + " " + task.status()));
        assertThat(active.initialResult().block().items()).isEmpty();
        assertThat(tasks.initialResult().block().items())
                .extracting(TaskState::id)
                .containsExactly("task-here");

        ledger.send(new StartAgent("here"));
        await().untilAsserted(() -> assertThat(told).containsExactly("here active"));
        ledger.send(new ChangeAgentStatus("here", "blocked"));
        ledger.send(new SpawnAgent("elsewhere", "other", "core", List.of()));
        ledger.send(new StartAgent("elsewhere"));
        ledger.send(new CreateTask("task-elsewhere", "other", "Do not listen"));
        ledger.caughtUp();
        ledger.bean(Replays.class)
                .start(ReadModels.ofLedger().projections())
                .done()
                .join();
        ledger.send(new StartTask("task-here", "here"));
        await().untilAsserted(() -> assertThat(told).containsExactly("here active", "task-here in-progress"));
        active.cancel();
        tasks.cancel();
    }
}
