package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.events.Json;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.agent.AgentMetrics;
import io.swarmledger.query.agent.GetAgentMetrics;
import io.swarmledger.query.log.GetEvent;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.memory.GetNamespaces;
import io.swarmledger.query.memory.Namespace;
import io.swarmledger.query.task.GetTaskStatistics;
import io.swarmledger.query.task.TaskStatistics;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.EventRef;
import io.swarmledger.query.timetravel.Evidence;
import io.swarmledger.query.timetravel.FindEvidence;
import io.swarmledger.query.timetravel.StateOfAll;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every number that a view gives is what the events say that are named for it. */
class EvidenceTest {

    private final TestLedger ledger = TestLedger.inMemory();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void theNumbersOfADemoAreWhatTheirEventsSay() {
        new DemoSwarm(ledger.commands(), "", 40, 5, 1_767_517_200_000d, (done, all) -> {}).play();

        TaskStatistics tasks = ledger.ask(new GetTaskStatistics(null), TaskStatistics.class);
        tasks.byStatus().forEach((status, count) -> {
            List<Evidence> counted = all(FindEvidence.of("task", "status").withStatus(status));
            assertThat(counted).as(status).hasSize(count.intValue());
            for (Evidence task : counted) {
                assertThat(task.value()).isEqualTo(status);
                assertThat(types(task)).containsExactly(typeThatMakes(status));
            }
        });
        List<Evidence> durations = all(FindEvidence.of("task", "duration").withStatus("completed"));
        assertThat(durations.stream()
                        .mapToDouble(task -> payload(task.events().get(0), "duration"))
                        .average()
                        .orElseThrow())
                .isEqualTo(tasks.averageDuration());

        AgentMetrics agents = ledger.ask(new GetAgentMetrics(null), AgentMetrics.class);
        List<Evidence> completed = all(FindEvidence.of("agent", "taskCount"));
        assertThat(completed.stream().mapToLong(agent -> agent.events().size()).sum())
                .isEqualTo(agents.completedTasks())
                .isPositive();
        assertThat(completed.stream().flatMap(agent -> types(agent).stream())).containsOnly("agent:task-completed");
        assertThat(all(FindEvidence.of("agent", "errorCount")).stream()
                        .mapToLong(agent -> agent.events().size())
                        .sum())
                .isEqualTo(agents.errors());

        for (Namespace namespace : ledger.page(new GetNamespaces(null, null, null), Namespace.class)
                .items()) {
            List<Evidence> memories = all(FindEvidence.of("memory", "size").withNamespace(namespace.namespace()));
            assertThat(memories).hasSize((int) namespace.count());
            assertThat(memories.stream()
                            .mapToDouble(memory -> payload(memory.events().get(0), "size"))
                            .sum())
                    .isEqualTo(namespace.size());
        }
    }

    @Test
    void theNumbersOfAMomentAreWhatTheEventsUntilThenSay() {
        new DemoSwarm(ledger.commands(), "", 40, 5, 1_767_517_200_000d, (done, all) -> {}).play();
        long head = ledger.ask(new GetStats(null, 1), LedgerStats.class).totalEvents();

        for (long position : List.of(0L, 1L, head / 3, head / 2, head)) {
            AllThen then = ledger.ask(StateOfAll.at(position), AllThen.class);
            then.counts().forEach((list, counts) -> {
                String type = list.equals("memories") ? "memory" : list.substring(0, list.length() - 1);
                counts.forEach((status, count) -> {
                    FindEvidence query = FindEvidence.of(type, type.equals("memory") ? "isDeleted" : "status")
                            .withStatus(status)
                            .withPosition(position);
                    List<Evidence> counted = all(query);
                    assertThat(counted).as("%s at %s", query, position).hasSize(count.intValue());
                    assertThat(ledger.page(query, Evidence.class).total()).isEqualTo(count);
                    assertThat(counted)
                            .allSatisfy(one -> assertThat(one.events())
                                    .allMatch(event -> event.position() <= position)
                                    .hasSizeLessThanOrEqualTo(1))
                            .allMatch(one -> type.equals("memory")
                                    ? one.value().equals(!status.equals("stored"))
                                    : one.value().equals(status));
                });
            });
            long done = then.agents().items().stream()
                    .mapToLong(view -> view.agent().taskCount())
                    .sum();
            assertThat(all(FindEvidence.of("agent", "taskCount").withPosition(position)).stream()
                            .mapToLong(agent -> agent.events().size())
                            .sum())
                    .isEqualTo(done);
            assertThat(all(FindEvidence.of("memory", "size")
                            .withNamespace("patterns")
                            .withPosition(position)))
                    .hasSize((int) then.memories().items().stream()
                            .filter(memory -> memory.namespace().equals("patterns"))
                            .count());
        }
    }

    private static String typeThatMakes(String status) {
        return switch (status) {
            case "pending" -> "task:created";
            case "in-progress" -> "task:started";
            default -> "task:" + status;
        };
    }

    @Test
    void whatBeganAnewIsCountedFromThere() {
        ledger.send(new StoreMemory("m", "notes", "k", "episodic", 1L));
        Appended again = ledger.send(new StoreMemory("m", "notes", "k", "episodic", 7L));
        ledger.send(new SpawnAgent("a", "coder"));
        ledger.send(new AssignTask("a", "t"));
        Appended done = ledger.send(new CompleteAssignedTask("a", "t", null));

        assertThat(all(FindEvidence.of("memory", "size"))).singleElement().satisfies(memory -> assertThat(ids(memory))
                .containsExactly(again.id()));
        assertThat(all(FindEvidence.of("agent", "completedTasks")))
                .singleElement()
                .satisfies(agent -> assertThat(ids(agent)).containsExactly(done.id()));
        assertThat(all(FindEvidence.of("agent", "errorCount")))
                .singleElement()
                .satisfies(agent -> assertThat(agent.events()).isEmpty());
    }

    @Test
    void whatIsNoNumberIsNamed() {
        requireRefused(FindEvidence.of("robot", "status"), "type: robot is none of agent, task, memory, swarm");
        requireRefused(FindEvidence.of("agent", "weight"), "field: weight is none of id, role");
        requireRefused(FindEvidence.of("task", "status").withNamespace("n"), "namespace: is a memory's");
        requireRefused(FindEvidence.of("memory", "size").withStatus("deleted"), "status: only stored");
        requireRefused(FindEvidence.of("task", "status").withPosition(-1L), "position: -1 is less than 0");
        requireRefused(
                FindEvidence.of("task", "status").withPosition(1L).withNamespace("n"), "namespace: is a memory's");
        requireRefused(FindEvidence.of("task", "status").withPosition(0L).withCursor("x"), "cursor: is none");
        requireRefused(FindEvidence.of("task", "status").withLimit(1_001), "limit: 1001 is not between 1 and 1000");
    }

    private void requireRefused(FindEvidence query, String message) {
        assertThatThrownBy(() -> ledger.page(query, Evidence.class))
                .cause()
                .isInstanceOf(InvalidQuery.class)
                .hasMessageContaining(message);
    }

    private List<Evidence> all(FindEvidence query) {
        List<Evidence> all = new ArrayList<>();
        Page<Evidence> page = ledger.page(query.withLimit(7), Evidence.class);
        all.addAll(page.items());
        while (page.next() != null) {
            page = ledger.page(query.withLimit(7).withCursor(page.next()), Evidence.class);
            all.addAll(page.items());
        }
        return all;
    }

    private static List<String> types(Evidence evidence) {
        return evidence.events().stream().map(EventRef::type).toList();
    }

    private static List<String> ids(Evidence evidence) {
        return evidence.events().stream().map(EventRef::id).toList();
    }

    private double payload(EventRef event, String field) {
        RecordedEvent recorded = ledger.ask(new GetEvent(event.id()), RecordedEvent.class);
        return Json.mapper().readTree(recorded.payload().toString()).get(field).doubleValue();
    }
}
