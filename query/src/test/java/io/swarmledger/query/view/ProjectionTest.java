package io.swarmledger.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmMilestoneReached;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.query.agent.AgentState;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.swarm.GetSwarm;
import io.swarmledger.query.swarm.SwarmState;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.TaskState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionTest {

    @TempDir
    Path directory;

    private ViewsInMemory models;

    @BeforeEach
    void open() {
        models = ViewsInMemory.in(directory);
    }

    private static AgentSpawned spawned(String role) {
        return new AgentSpawned(null, role, "core", List.of("java"));
    }

    private static AgentTaskCompleted completed(String task) {
        return new AgentTaskCompleted(null, task, "fine", null, 5.0);
    }

    private AgentState agent(String id) {
        return models.ask(new GetAgent(id), AgentView.class).agent();
    }

    private long grown(String id) {
        return models.rows()
                .sql("SELECT count(*) FROM GrownItem WHERE id = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    @Test
    void aBatchReadsAndWritesEachStateOnce() {
        models.told("agent-1", spawned("coder"));
        models.statements().reset();
        List<EventMessage<?>> batch = new ArrayList<>();
        for (String id : List.of("agent-1", "agent-2", "agent-3")) {
            batch.add(models.message(id, spawned("coder")));
        }
        for (int i = 0; i < 30; i++) {
            batch.add(models.message("agent-" + (1 + i % 3), completed("task-" + i)));
        }
        models.batch(batch);

        assertThat(models.statements().of("FROM agent_state")).hasSize(3);
        assertThat(models.statements().of("INTO agent_state")).hasSize(3);
        assertThat(models.statements().of("INTO GrownItem")).hasSize(30);
        assertThat(models.statements().of("INTO task_history")).isEmpty();
        assertThat(agent("agent-2").taskCount()).isEqualTo(10);
    }

    @Test
    void whatConcernsNobodyReadsAndWritesNoRow() {
        models.told("task-1", new TaskCreated(null, "code", "t", "d", "low", List.of(), null));
        models.statements().reset();
        models.told("agent-1", new AgentStarted(null, null));

        assertThat(models.statements().of("INTO agent_state")).as("not spawned").isEmpty();
        assertThat(models.statements().of("task_history")).isEmpty();
        assertThat(models.statements().of("swarm_overview")).isEmpty();
    }

    @Test
    void anEventCostsTheSameHoweverLongTheList() {
        completeTasks("short", 10);
        completeTasks("longs", 100_000);

        List<StatementCounter.Executed> forShort = cost("short");
        List<StatementCounter.Executed> forLong = cost("longs");
        assertThat(forLong)
                .extracting(StatementCounter.Executed::sql)
                .containsExactlyElementsOf(
                        forShort.stream().map(StatementCounter.Executed::sql).toList());
        // Some counters have four or five digits more.
        assertThat(bytes(forLong) - bytes(forShort)).isBetween(0L, 30L);
        assertThat(agent("longs").completedTasks().size()).isEqualTo(100_001);
    }

    private void completeTasks(String id, int tasks) {
        models.told(id, spawned("coder"));
        for (int from = 0; from < tasks; from += 10_000) {
            int start = from;
            models.batch(IntStream.range(0, Math.min(10_000, tasks - from))
                    .mapToObj(i -> models.message(id, completed("task-" + (1_000_000 + start + i))))
                    .toList());
        }
    }

    private List<StatementCounter.Executed> cost(String id) {
        models.statements().reset();
        models.told(id, completed("one-more"));
        return models.statements().all();
    }

    private static long bytes(List<StatementCounter.Executed> statements) {
        return statements.stream().mapToLong(StatementCounter.Executed::bytes).sum();
    }

    @Test
    void listsAreWholeAndInOrderInEveryAnswer() {
        models.told("agent-1", spawned("coder"), completed("b"), completed("a"));
        models.told("agent-1", completed("c"), new AgentTaskAssigned(null, "x", null), failed());
        models.told("agent-1", new AgentTaskAssigned(null, "b", null), completed("b"));
        models.told("swarm-1", new SwarmInitialized("mesh", 5L, null, null));
        models.told(
                "swarm-1", new SwarmMilestoneReached("m-1", "One", 1.5), new SwarmMilestoneReached("m-2", null, 2.0));

        assertThat(agent("agent-1").completedTasks().toList()).containsExactly("b", "a", "c", "b");
        assertThat(agent("agent-1").failedTasks().toList()).containsExactly("x");
        assertThat(models.page(FindAgents.all(), AgentView.class).items())
                .extracting(AgentView::agent)
                .containsExactly(agent("agent-1"));
        assertThat(models.ask(new GetSwarm("swarm-1"), SwarmView.class)
                        .swarm()
                        .milestones()
                        .toList())
                .containsExactly(
                        new SwarmState.Milestone("m-1", "One", 1.5), new SwarmState.Milestone("m-2", null, 2.0));
    }

    private static AgentFailed failed() {
        return new AgentFailed(null, "boom", null, null);
    }

    static Stream<List<Integer>> cuts() {
        return Stream.of(List.of(5), List.of(3, 2), List.of(4, 1), List.of(1, 1, 1, 1, 1), List.of(2, 3));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void spawnedAgainTheListsAreEmptyOnDiskToo(List<Integer> batches) {
        List<LedgerEvent> events =
                List.of(spawned("a"), completed("one"), completed("two"), spawned("b"), completed("three"));
        int at = 0;
        for (int size : batches) {
            models.told("agent-1", events.subList(at, at + size).toArray(LedgerEvent[]::new));
            at += size;
        }
        assertThat(agent("agent-1").completedTasks().toList()).containsExactly("three");
        assertThat(grown("agent-1")).isEqualTo(1);

        models.told("agent-1", spawned("c"));
        assertThat(agent("agent-1").completedTasks().toList()).isEmpty();
        assertThat(grown("agent-1")).isZero();
    }

    @Test
    void anUnknownTypeIsPassedOverAndAnUnreadableEventIsAFailureOfItsHandler() {
        Projection<?> projection = models.projection(ProjectionNames.AGENT_STATE);
        models.batch(projection, List.of(opaque(OpaqueEvent.unknown("agent:promoted", "1", "{}"))), 1);

        EventMessage<?> unreadable = unreadable("agent-1");
        assertThatThrownBy(() -> models.batch(projection, List.of(unreadable), 2))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessage("The payload of agent:started agent-1#9 cannot be read: no number");
    }

    private EventMessage<?> opaque(OpaqueEvent event) {
        return models.message("agent-1", event);
    }

    /** Its type is known before its payload is read, as with an event of the log. */
    private static EventMessage<?> unreadable(String id) {
        return new GenericDomainEventMessage<Object>(
                "agent", id, 9, OpaqueEvent.unreadable("agent:started", "1", "{", "no number")) {
            @Override
            public String getIdentifier() {
                return id + "#9";
            }

            @Override
            @SuppressWarnings({"unchecked", "rawtypes"})
            public Class<Object> getPayloadType() {
                return (Class) AgentStarted.class;
            }
        };
    }

    /** In a handler it would be taken for a failure of the event, and become its dead letter. */
    @ParameterizedTest
    @ValueSource(strings = {"FROM Projection", "FROM agent_state", "INTO agent_state", "INTO GrownItem"})
    void aFailureOfTheFileIsNoFailureOfTheHandlerAndFailsTheBatch(String statement) {
        models.told("agent-1", spawned("coder"));
        Projection<?> projection = models.projection(ProjectionNames.AGENT_STATE);
        Predicate<String> failing = sql -> sql.contains(statement);
        models.statements().failAt(failing);
        List<EventMessage<?>> batch =
                List.of(models.message("agent-1", completed("one")), models.message("agent-1", completed("two")));

        assertThatThrownBy(() -> models.batch(projection, batch, 3))
                .isInstanceOf(ViewFault.class)
                .hasMessageContaining("agent-state")
                .hasMessageContaining("disk is full");
        models.statements().failAt(sql -> false);
        assertThat(agent("agent-1").taskCount()).isZero();
        assertThat(models.generations().of("agent-state").orElseThrow().position())
                .isEqualTo(1);

        models.batch(projection, batch, 3);
        assertThat(agent("agent-1").completedTasks().toList()).containsExactly("one", "two");
        assertThat(models.generations().of("agent-state").orElseThrow().position())
                .isEqualTo(3);
    }

    @Test
    void aResetFillsAnotherGenerationWhileTheOldOneAnswers() {
        Projection<?> projection = models.projection(ProjectionNames.AGENT_STATE);
        List<EventMessage<?>> log = List.of(
                models.message("agent-1", spawned("coder")),
                models.message("agent-1", completed("one")),
                models.message("agent-2", spawned("tester")));
        models.batch(projection, log, 3);
        List<AgentView> before = models.page(FindAgents.all(), AgentView.class).items();
        projection.reset();

        models.batch(projection, log.subList(0, 1), 1);
        models.batch(projection, log.subList(1, 2), 2);
        assertThat(models.page(FindAgents.all(), AgentView.class).items()).isEqualTo(before);
        assertThat(models.generations().of("agent-state").orElseThrow().live()).isEqualTo(1);

        models.batch(projection, log.subList(2, 3), 3);
        assertThat(models.generations().of("agent-state").orElseThrow().live()).isEqualTo(2);
        assertThat(models.page(FindAgents.all(), AgentView.class).items()).isEqualTo(before);

        models.batch(projection, List.of(models.message("agent-2", completed("two"))), 4);
        assertThat(agent("agent-2").completedTasks().toList()).containsExactly("two");
    }

    @Test
    void sweptAwayIsEveryGenerationThatNobodyUsesAndNoOther() {
        models.told("agent-1", spawned("coder"), completed("one"), completed("two"));
        Generations generations = models.generations();
        Projection<?> rebuild = models.projection(ProjectionNames.AGENT_STATE).ofRebuild();
        generations.rebuild("agent-state");
        models.batch(
                rebuild,
                List.of(models.message("agent-9", spawned("x")), models.message("agent-9", completed("y"))),
                3);
        generations.abandon("agent-state");

        int rounds = 0;
        while (generations.sweep("agent-state", 1)) {
            rounds++;
        }
        assertThat(rounds).as("a row of each table a round").isEqualTo(1);
        assertThat(grown("agent-9")).isZero();
        assertThat(models.rows()
                        .sql("SELECT count(*) FROM agent_state")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(agent("agent-1").completedTasks().toList()).containsExactly("one", "two");
    }

    @Test
    void subscribersAreToldOfWhatIsCommittedAndConcernsThem() {
        models.told("agent-1", spawned("coder"));
        List<AgentView> told = new ArrayList<>();
        SubscriptionQueryResult<AgentView, AgentView> subscription = models.queries()
                .subscriptionQuery(
                        new GetAgent("agent-1"),
                        ResponseTypes.instanceOf(AgentView.class),
                        ResponseTypes.instanceOf(AgentView.class));
        subscription.updates().subscribe(told::add);
        assertThat(subscription.initialResult().block().agent().status()).isEqualTo("idle");

        models.told("agent-2", spawned("tester"));
        models.told("agent-1", new AgentStarted(null, null), completed("one"));
        assertThat(told).extracting(AgentView::agent).containsExactly(agent("agent-1"));

        Projection<?> projection = models.projection(ProjectionNames.AGENT_STATE);
        models.generations().rebuild("agent-state");
        models.batch(projection.ofRebuild(), List.of(models.message("agent-1", spawned("coder"))), 1);
        projection.reset();
        models.batch(projection, List.of(models.message("agent-1", spawned("coder"))), 1);
        assertThat(told).as("a rebuild and a reset tell nobody").hasSize(1);
        subscription.cancel();
    }

    @Test
    void aTaskIsFoundByWhatItIsNow() {
        models.told("task-1", new TaskCreated(null, "code", "t", "d", "low", List.of(), null));
        TaskState task = models.ask(new GetTask("task-1"), TaskState.class);
        assertThat(models.page(FindTasks.all(), TaskState.class).items()).containsExactly(task);
        assertThat(models.ask(new GetTask("task-2"), TaskState.class)).isNull();
    }
}
