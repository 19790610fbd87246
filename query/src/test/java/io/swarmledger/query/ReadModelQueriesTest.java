package io.swarmledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.events.agent.AgentStopped;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.events.memory.MemoryDeleted;
import io.swarmledger.events.memory.MemoryExpired;
import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmScaled;
import io.swarmledger.events.swarm.SwarmTerminated;
import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskFailed;
import io.swarmledger.events.task.TaskStarted;
import io.swarmledger.query.agent.AgentMetrics;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.agent.FindAgentsBuilder;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.agent.GetAgentMetrics;
import io.swarmledger.query.memory.FindColdMemories;
import io.swarmledger.query.memory.FindHotMemories;
import io.swarmledger.query.memory.FindMemories;
import io.swarmledger.query.memory.GetMemory;
import io.swarmledger.query.memory.GetNamespaces;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.memory.Namespace;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.GetSwarm;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.GetTaskStatistics;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.task.TaskStatistics;
import io.swarmledger.query.view.ViewsInMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each question about a read model is answered. */
class ReadModelQueriesTest {

    private static final double NOW = ViewsInMemory.NOW.toEpochMilli();

    @TempDir
    Path directory;

    private ViewsInMemory models;

    @BeforeEach
    void open() {
        models = ViewsInMemory.in(directory);
    }

    private static LedgerEvent spawned(String role, String domain) {
        return new AgentSpawned(null, role, domain, List.of());
    }

    private static LedgerEvent started() {
        return new AgentStarted(null, null);
    }

    private static LedgerEvent assigned() {
        return new AgentTaskAssigned(null, "task", null);
    }

    private static LedgerEvent completed(Double duration) {
        return new AgentTaskCompleted(null, "task", null, null, duration);
    }

    private static LedgerEvent failed() {
        return new AgentFailed(null, "boom", null, null);
    }

    private List<String> agents(Consumer<FindAgentsBuilder> filter) {
        return models.page(FindAgents.all().with(filter), AgentView.class).items().stream()
                .map(agent -> agent.agent().id())
                .toList();
    }

    @Test
    void agentsAreFoundByStatusDomainRoleAndSwarmAndAllOfThemTogether() {
        models.toldIn("alpha", "a", spawned("coder", "core"));
        models.toldIn("alpha", "b", spawned("coder", "edge"), started());
        models.toldIn("beta", "c", spawned("tester", "core"));
        models.told("d", spawned("coder", "core"), started());

        assertThat(agents(query -> {})).containsExactly("a", "b", "c", "d");
        assertThat(agents(query -> query.status("active"))).containsExactly("b", "d");
        assertThat(agents(query -> query.domain("core"))).containsExactly("a", "c", "d");
        assertThat(agents(query -> query.role("tester"))).containsExactly("c");
        assertThat(agents(query -> query.swarmId("alpha"))).containsExactly("a", "b");
        assertThat(agents(query -> query.swarmId("swarm"))).containsExactly("d");
        assertThat(agents(query -> query.role("coder").domain("core"))).containsExactly("a", "d");
        assertThat(agents(query ->
                        query.role("coder").domain("core").status("active").swarmId("swarm")))
                .containsExactly("d");
        assertThat(agents(query -> query.role("coder").swarmId("beta"))).isEmpty();
        assertThat(models.ask(new GetAgent("nobody"), AgentView.class)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "idle' --",
                "\"; DROP TABLE agent_state; --",
                ":status",
                "?",
                "%",
                "_",
                "",
                "a\u0000b",
                "\ud83d\ude00 \u202e"
            })
    void whateverAFilterSaysIsAValue(String text) {
        models.told("plain", spawned("coder", "core"));
        models.told("hostile", spawned(text, text), new AgentTaskAssigned(null, text, null));

        assertThat(agents(query -> query.role(text))).containsExactly("hostile");
        assertThat(agents(query -> query.domain(text).role(text))).containsExactly("hostile");
        assertThatThrownBy(() -> agents(query -> query.status(text)))
                .isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("is none of");
        assertThat(agents(query -> query.swarmId(text))).isEmpty();
        assertThat(models.ask(new GetAgent(text), AgentView.class)).isNull();
        assertThat(models.page(FindTasks.all().with(query -> query.agent(text).type(text)), TaskState.class)
                        .items())
                .isEmpty();
        assertThat(models.page(
                                FindMemories.all()
                                        .with(query -> query.namespace(text).type(text)),
                                MemoryState.class)
                        .items())
                .isEmpty();
        assertThatThrownBy(() -> models.page(FindSwarms.all().with(query -> query.status(text)), SwarmView.class))
                .isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("is none of");
        assertThat(agents(query -> {})).containsExactly("hostile", "plain");
    }

    private String health(String id) {
        return models.ask(new GetAgent(id), AgentView.class).health();
    }

    private void heardOf(String id, double millisAgo, LedgerEvent... events) {
        models.at(NOW - millisAgo - events.length).told(id, events);
    }

    @Test
    void healthTellsHowAnAgentIsNow() {
        heardOf("idle", 3_600_000, spawned("r", "d"));
        heardOf("working", 599_999, spawned("r", "d"), started());
        heardOf("at-the-limit", 600_000, spawned("r", "d"), started());
        heardOf("silent", 600_001, spawned("r", "d"), started());
        heardOf("stopped", 3_600_000, spawned("r", "d"), started(), failed(), new AgentStopped(null, "", null));
        heardOf("in-error", 0, spawned("r", "d"), failed());
        heardOf("recovered", 0, spawned("r", "d"), assigned(), failed(), assigned(), failed(), assigned());
        heardOf("thrice", 0, spawned("r", "d"), assigned(), failed(), failed(), failed(), started());
        heardOf("better", 0, spawned("r", "d"), assigned(), failed(), failed(), failed(), started(), completed(1.0));

        assertThat(health("idle")).isEqualTo("ok");
        assertThat(health("working")).isEqualTo("ok");
        assertThat(health("at-the-limit")).isEqualTo("ok");
        assertThat(health("silent")).isEqualTo("silent");
        assertThat(health("stopped")).isEqualTo("stopped");
        assertThat(health("in-error")).isEqualTo("failing");
        assertThat(health("recovered"))
                .as("its last three tasks did not all fail")
                .isEqualTo("ok");
        assertThat(health("thrice")).isEqualTo("failing");
        assertThat(health("better")).isEqualTo("ok");
        assertThat(models.ask(new GetAgentMetrics(null), AgentMetrics.class).byHealth())
                .isEqualTo(Map.of("ok", 5L, "silent", 1L, "stopped", 1L, "failing", 2L));
    }

    @Test
    void metricsAreOfAllAgentsOrOfOneSwarm() {
        models.at(NOW - 1_000);
        models.toldIn(
                "alpha",
                "a",
                spawned("r", "d"),
                assigned(),
                completed(10.0),
                assigned(),
                completed(null),
                assigned(),
                completed(20.0));
        models.toldIn("alpha", "b", spawned("r", "d"), assigned(), failed());
        models.toldIn("beta", "c", spawned("r", "d"), failed());

        assertThat(models.ask(new GetAgentMetrics("alpha"), AgentMetrics.class))
                .isEqualTo(new AgentMetrics(
                        2,
                        Map.of("idle", 1L, "active", 0L, "blocked", 0L, "completed", 0L, "error", 1L),
                        Map.of("ok", 1L, "failing", 1L, "silent", 0L, "stopped", 0L),
                        3,
                        1,
                        1,
                        30.0,
                        15.0,
                        0.75,
                        0.25,
                        12));
        AgentMetrics ofAll = models.ask(new GetAgentMetrics(null), AgentMetrics.class);
        assertThat(ofAll.total()).isEqualTo(3);
        assertThat(ofAll.errors()).isEqualTo(2);
        AgentMetrics ofNone = models.ask(new GetAgentMetrics("gamma"), AgentMetrics.class);
        assertThat(ofNone.averageTaskDuration()).isNull();
        assertThat(ofNone.successRate()).isNull();
        assertThat(ofNone.failureRate()).isNull();
    }

    private static LedgerEvent created(String type, String priority) {
        return new TaskCreated(null, type, "t", "d", priority, List.of(), null);
    }

    private List<String> tasks(Consumer<io.swarmledger.query.task.FindTasksBuilder> filter) {
        return models.page(FindTasks.all().with(filter), TaskState.class).items().stream()
                .map(TaskState::id)
                .toList();
    }

    @Test
    void tasksAreFoundByStatusAgentTypePriorityAndSwarmAndAllOfThemTogether() {
        models.toldIn("alpha", "a", created("code", "high"), new TaskStarted(null, "agent-1", null));
        models.toldIn("alpha", "b", created("test", "high"), new TaskBlocked(null, List.of("a"), null));
        models.told("c", created("code", "low"), new TaskStarted(null, "agent-2", null));

        assertThat(tasks(query -> query.status("in-progress"))).containsExactly("a", "c");
        assertThat(tasks(query -> query.agent("agent-2"))).containsExactly("c");
        assertThat(tasks(query -> query.type("code"))).containsExactly("a", "c");
        assertThat(tasks(query -> query.priority("high"))).containsExactly("a", "b");
        assertThat(tasks(query -> query.swarmId("alpha"))).containsExactly("a", "b");
        assertThat(tasks(query -> query.status("in-progress")
                        .agent("agent-1")
                        .type("code")
                        .priority("high")
                        .swarmId("alpha")))
                .containsExactly("a");
        assertThat(tasks(query -> query.type("test").priority("low"))).isEmpty();
    }

    @Test
    void statisticsAreOfAllTasksOrOfOneSwarm() {
        models.toldIn("alpha", "a", created("x", "low"), new TaskCompleted(null, null, null, 10.0));
        models.toldIn("alpha", "b", created("x", "low"), new TaskCompleted(null, null, null, 20.5));
        models.toldIn("alpha", "c", created("x", "low"), new TaskCompleted(null, null, null, null));
        models.toldIn("alpha", "d", created("x", "low"), new TaskFailed(null, "e", null, null, 0L));
        models.told("e", created("x", "low"));
        models.told(
                "f",
                created("x", "low"),
                new TaskCompleted(null, null, null, 99.0),
                new TaskStarted(null, "again", null));

        assertThat(models.ask(new GetTaskStatistics("alpha"), TaskStatistics.class))
                .isEqualTo(new TaskStatistics(
                        4,
                        Map.of(
                                "cancelled",
                                0L,
                                "pending",
                                0L,
                                "queued",
                                0L,
                                "in-progress",
                                0L,
                                "blocked",
                                0L,
                                "completed",
                                3L,
                                "failed",
                                1L),
                        15.25,
                        0.75,
                        0.25,
                        12));
        TaskStatistics ofAll = models.ask(new GetTaskStatistics(null), TaskStatistics.class);
        assertThat(ofAll.total()).isEqualTo(6);
        assertThat(ofAll.byStatus()).containsEntry("pending", 1L).containsEntry("in-progress", 1L);
        assertThat(ofAll.averageDuration()).as("of those completed now").isEqualTo(15.25);
        assertThat(models.ask(new GetTaskStatistics("none"), TaskStatistics.class))
                .isEqualTo(new TaskStatistics(
                        0,
                        Map.of(
                                "cancelled",
                                0L,
                                "pending",
                                0L,
                                "queued",
                                0L,
                                "in-progress",
                                0L,
                                "blocked",
                                0L,
                                "completed",
                                0L,
                                "failed",
                                0L),
                        null,
                        null,
                        null,
                        12));
    }

    private static LedgerEvent stored(String namespace, String type, Long size) {
        return new MemoryStored(null, namespace, "key", type, size, null);
    }

    private Set<String> memories(Consumer<io.swarmledger.query.memory.FindMemoriesBuilder> filter) {
        return Set.copyOf(models.page(FindMemories.all().with(filter), MemoryState.class).items().stream()
                .map(MemoryState::id)
                .toList());
    }

    @Test
    void memoriesAreFoundByNamespaceTypeAndSwarmThoseThatAreGoneOnlyIfAsked() {
        models.toldIn("alpha", "a", stored("n", "episodic", 1L));
        models.toldIn("alpha", "b", stored("n", "semantic", 1L), new MemoryDeleted(null, null, null, null));
        models.told("c", stored("m", "episodic", 1L), new MemoryExpired(null, null, null, null, null));
        models.told("d", stored("m", "semantic", 1L));

        assertThat(memories(query -> {})).containsExactlyInAnyOrder("a", "d");
        assertThat(memories(query -> query.includeDeleted(true))).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(memories(query -> query.namespace("n").includeDeleted(true))).containsExactlyInAnyOrder("a", "b");
        assertThat(memories(query -> query.type("semantic"))).containsExactly("d");
        assertThat(memories(query -> query.swarmId("alpha").includeDeleted(true)))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(memories(query -> query.namespace("m").type("episodic").includeDeleted(true)))
                .containsExactly("c");
        assertThat(models.ask(new GetMemory("b"), MemoryState.class).isDeleted())
                .isTrue();
    }

    @Test
    void hotColdAndNamespacesAreOfWhatIsStored() {
        models.toldIn("alpha", "a", stored("n", "x", 1L), new MemoryRetrieved(null, null, null, null, 5L));
        models.toldIn("alpha", "b", stored("m", "x", 2L));
        models.told("c", stored("n", "x", 4L));
        models.told("gone", stored("n", "x", 8L), new MemoryDeleted(null, null, null, null));

        assertThat(models.page(new FindHotMemories(null, null, 10, null), MemoryState.class)
                        .items())
                .extracting(MemoryState::id)
                .containsExactly("a", "c", "b");
        assertThat(models.page(new FindHotMemories("n", "swarm", 10, null), MemoryState.class)
                        .items())
                .extracting(MemoryState::id)
                .containsExactly("c");
        assertThat(models.page(new FindColdMemories("n", null, 10, null), MemoryState.class)
                        .items())
                .extracting(MemoryState::id)
                .containsExactly("a", "c");
        assertThat(models.page(new GetNamespaces(null, 10, null), Namespace.class)
                        .items())
                .containsExactly(new Namespace("n", 2, 5), new Namespace("m", 1, 2));
        assertThat(models.page(new GetNamespaces("alpha", 10, null), Namespace.class)
                        .items())
                .containsExactly(new Namespace("m", 1, 2), new Namespace("n", 1, 1));
    }

    @Test
    void sizesThatTogetherAreTooLargeForANumberAreTheLargestOne() {
        models.told("a", stored("n", "x", Long.MAX_VALUE)).told("b", stored("n", "x", Long.MAX_VALUE));
        assertThat(models.page(new GetNamespaces(null, 10, null), Namespace.class)
                        .items())
                .containsExactly(new Namespace("n", 2, Long.MAX_VALUE));
    }

    @Test
    void swarmsAreFoundByStatusAndSwarm() {
        models.told("a", new SwarmInitialized("mesh", 5L, null, null), new SwarmScaled(null, 3L, null, null));
        models.toldIn("alpha", "b", new SwarmInitialized("star", 5L, null, null));
        models.toldIn(
                "alpha", "c", new SwarmInitialized("star", 5L, null, null), new SwarmTerminated(null, null, null));

        assertThat(models.page(FindSwarms.all().with(query -> query.status("active")), SwarmView.class)
                        .items())
                .containsExactly(models.ask(new GetSwarm("a"), SwarmView.class));
        assertThat(models.page(FindSwarms.all().with(query -> query.swarmId("alpha")), SwarmView.class)
                        .items())
                .extracting(view -> view.swarm().status())
                .containsExactly("initialized", "terminated");
    }
}
