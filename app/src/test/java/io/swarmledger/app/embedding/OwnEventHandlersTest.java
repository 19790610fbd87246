package io.swarmledger.app.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A coordinator's own event handlers, which have neither a data source nor a token store: the ledger keeps their tokens. */
class OwnEventHandlersTest {

    private static final String OF_TWO = "axon.eventhandling.processors.seen.initial-segment-count=2";
    private static final String BY_TWO = "axon.eventhandling.processors.seen.thread-count=2";

    @TempDir
    Path directory;

    @ProcessingGroup("seen")
    static class Seen {

        final List<String> agents = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(AgentSpawned event) {
            agents.add(event.agentId());
        }
    }

    static Stream<List<String>> modes() {
        return Stream.of(
                List.of(),
                List.of(mode("tracking")),
                List.of(mode("tracking"), OF_TWO, BY_TWO),
                List.of(mode("pooled")),
                List.of(mode("pooled"), OF_TWO, BY_TWO));
    }

    private static String mode(String mode) {
        return "axon.eventhandling.processors.seen.mode=" + mode;
    }

    private Coordinator start(List<String> properties) {
        return Coordinator.in(
                directory, List.of(Coordinator.WithoutDataSource.class, Seen.class), properties.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void theyAreToldOfEveryEventOnceAndTheLedgersOwnViewsGoOn(List<String> properties) {
        List<String> spawned =
                IntStream.range(0, 20).mapToObj(i -> "agent-" + i).toList();
        try (Coordinator coordinator = start(properties)) {
            spawned.forEach(agent -> coordinator.send(new SpawnAgent(agent, "coder")));
            long last = coordinator.send(new StartAgent("agent-0")).position();

            Awaitility.await().untilAsserted(() -> assertThat(coordinator.bean(Seen.class).agents)
                    .containsExactlyInAnyOrderElementsOf(spawned));
            AgentView agent = coordinator
                    .bean(QueryGateway.class)
                    .query(AtLeast.position(last, new GetAgent("agent-0")), AgentView.class)
                    .join();
            assertThat(agent.agent().status()).isEqualTo("active");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracking", "pooled"})
    void theirTokensStayWhenTheViewsAreDeleted(String mode) throws Exception {
        try (Coordinator coordinator = start(List.of(mode(mode)))) {
            coordinator.send(new SpawnAgent("agent-1", "coder"));
            Awaitility.await().until(() -> coordinator.bean(Seen.class).agents.contains("agent-1"));
            Awaitility.await().until(() -> isPast(coordinator, 1));
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("views.db")) {
                    Files.delete(file);
                }
            }
        }

        try (Coordinator coordinator = start(List.of(mode(mode)))) {
            coordinator.send(new SpawnAgent("agent-2", "coder"));
            Awaitility.await().until(() -> coordinator.bean(Seen.class).agents.contains("agent-2"));
            assertThat(coordinator.bean(Seen.class).agents).containsExactly("agent-2");
            assertThat(coordinator
                            .bean(QueryGateway.class)
                            .query(AtLeast.position(2, new GetAgent("agent-1")), AgentView.class)
                            .join()
                            .agent()
                            .id())
                    .isEqualTo("agent-1");
        }
    }

    private static boolean isPast(Coordinator coordinator, long position) {
        return coordinator.processor("seen").processingStatus().values().stream()
                .allMatch(segment -> segment.getCurrentPosition().orElse(0) >= position);
    }

    @Test
    void tokensOfAnotherLedgerAreRefusedUntilTheyAreDeleted() throws Exception {
        try (Coordinator coordinator = start(List.of())) {
            coordinator.send(new SpawnAgent("agent-1", "coder"));
            Awaitility.await().until(() -> isPast(coordinator, 1));
        }
        deleteAllBut("processors.db");

        assertThatThrownBy(() -> start(List.of()).close())
                .hasStackTraceContaining("processors.db says how far event processors were in another ledger")
                .hasStackTraceContaining("Delete it");

        Files.delete(directory.resolve("processors.db"));
        try (Coordinator coordinator = start(List.of())) {
            coordinator.send(new SpawnAgent("agent-2", "coder"));
            Awaitility.await().until(() -> coordinator.bean(Seen.class).agents.contains("agent-2"));
        }
    }

    private void deleteAllBut(String kept) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().equals(kept)) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void whoHasNoneHasNoFileOfTheirs() {
        try (Coordinator coordinator = Coordinator.in(directory, List.of(Coordinator.WithoutDataSource.class))) {
            coordinator.send(new SpawnAgent("agent-1", "coder"));
        }
        assertThat(directory.resolve("processors.db")).doesNotExist();
    }

    @Test
    void aLedgerInMemoryHasThemToo() {
        try (Coordinator coordinator = Coordinator.in(
                Path.of(":memory:"), List.of(Coordinator.WithoutDataSource.class, Seen.class), mode("pooled"))) {
            coordinator.send(new SpawnAgent("agent-1", "coder"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> coordinator.bean(Seen.class).agents.contains("agent-1"));
        }
    }
}
