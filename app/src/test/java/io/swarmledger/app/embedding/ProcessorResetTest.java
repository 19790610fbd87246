package io.swarmledger.app.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.events.agent.AgentSpawned;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.replay.ReplayContext;
import org.axonframework.eventhandling.replay.ResetContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A coordinator resets a processor of its own: each event comes once more, with what the reset was for. */
class ProcessorResetTest {

    private static final int AGENTS = 12;

    @TempDir
    Path directory;

    /** What a reset is for: a class of the coordinator's own, which nobody declared anywhere. */
    record Reason(String why, List<String> tickets) {}

    @ProcessingGroup("costs")
    static class Costs {

        /** Of each event: whose, whether it came again, and what for. */
        record Told(String agent, boolean again, Object reason) {}

        final List<Told> told = new CopyOnWriteArrayList<>();
        final List<Object> resets = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(AgentSpawned event, ReplayStatus status, @ReplayContext Reason reason) {
            told.add(new Told(event.agentId(), status.isReplay(), reason));
        }

        @ResetHandler
        void reset(ResetContext<?> reset) {
            told.clear();
            resets.add(reset.getPayload() == null ? "nothing" : reset.getPayload());
        }

        List<String> agents() {
            return told.stream().map(Told::agent).toList();
        }
    }

    static Stream<List<String>> modes() {
        String two = "axon.eventhandling.processors.costs.initial-segment-count=2";
        String byTwo = "axon.eventhandling.processors.costs.thread-count=2";
        String tracking = "axon.eventhandling.processors.costs.mode=tracking";
        String pooled = "axon.eventhandling.processors.costs.mode=pooled";
        return Stream.of(
                List.of(tracking), List.of(tracking, two, byTwo), List.of(pooled), List.of(pooled, two, byTwo));
    }

    private Coordinator start(List<String> properties) {
        return Coordinator.in(
                directory,
                List.of(Coordinator.WithoutDataSource.class, Costs.class),
                properties.toArray(String[]::new));
    }

    private static List<String> spawn(Coordinator coordinator) {
        List<String> agents = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            coordinator.send(new SpawnAgent("agent-" + i, "coder"));
            agents.add("agent-" + i);
        }
        return agents;
    }

    private static void reset(Coordinator coordinator, Reason reason) {
        StreamingEventProcessor processor = coordinator.processor("costs");
        processor.shutDown();
        if (reason == null) {
            processor.resetTokens();
        } else {
            processor.resetTokens(reason);
        }
        processor.start();
    }

    private static void awaitEach(Coordinator coordinator, List<String> agents) {
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(coordinator.bean(Costs.class).agents()).containsExactlyInAnyOrderElementsOf(agents));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void everyEventComesOnceMoreWithItsContextHoweverOftenItIsReset(List<String> properties) {
        Reason reason = new Reason("the prices were wrong", List.of("T-1", "T-2"));
        try (Coordinator coordinator = start(properties)) {
            List<String> agents = spawn(coordinator);
            awaitEach(coordinator, agents);
            Costs costs = coordinator.bean(Costs.class);

            reset(coordinator, null);
            awaitEach(coordinator, agents);
            assertThat(costs.told)
                    .allMatch(told -> told.again())
                    .extracting(Costs.Told::reason)
                    .containsOnlyNulls();

            reset(coordinator, reason);
            awaitEach(coordinator, agents);
            assertThat(costs.told)
                    .allMatch(told -> told.again())
                    .extracting(Costs.Told::reason)
                    .containsOnly(reason);

            coordinator.send(new SpawnAgent("later", "coder"));
            Awaitility.await().until(() -> costs.agents().contains("later"));
            assertThat(costs.told).last().isEqualTo(new Costs.Told("later", false, null));
            assertThat(costs.told).hasSize(AGENTS + 1);
            assertThat(costs.resets).containsExactly("nothing", reason);
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aResetTwiceInARowIsOne(List<String> properties) {
        Reason reason = new Reason("again", List.of());
        try (Coordinator coordinator = start(properties)) {
            List<String> agents = spawn(coordinator);
            awaitEach(coordinator, agents);

            StreamingEventProcessor processor = coordinator.processor("costs");
            processor.shutDown();
            processor.resetTokens(new Reason("at first", List.of("T-1")));
            processor.resetTokens(reason);
            processor.start();

            awaitEach(coordinator, agents);
            assertThat(coordinator.bean(Costs.class).told)
                    .extracting(Costs.Told::reason)
                    .containsOnly(reason);
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void whatIsAppendedMeanwhileComesOnceToo(List<String> properties) {
        try (Coordinator coordinator = start(properties)) {
            List<String> agents = new ArrayList<>(spawn(coordinator));
            awaitEach(coordinator, agents);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<List<String>> appending = CompletableFuture.supplyAsync(() -> {
                List<String> more = new ArrayList<>();
                while (!enough.get()) {
                    String agent = "more-" + more.size();
                    coordinator.send(new SpawnAgent(agent, "coder"));
                    more.add(agent);
                }
                return more;
            });

            for (int i = 0; i < 3; i++) {
                int seen = i * 10;
                Awaitility.await()
                        .until(() -> coordinator.bean(Costs.class).agents().contains("more-" + seen));
                reset(coordinator, new Reason("reset " + i, List.of()));
            }
            enough.set(true);
            agents.addAll(appending.join());

            awaitEach(coordinator, agents);
            assertThat(coordinator.bean(Costs.class).told.stream()
                            .filter(Costs.Told::again)
                            .map(Costs.Told::reason))
                    .isNotEmpty()
                    .containsOnly(new Reason("reset 2", List.of()));
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aResetOutlivesTheProcess(List<String> properties) {
        Reason reason = new Reason("before the end", List.of("T-3"));
        List<String> agents;
        try (Coordinator coordinator = start(properties)) {
            agents = spawn(coordinator);
            awaitEach(coordinator, agents);
            coordinator.processor("costs").shutDown();
            coordinator.processor("costs").resetTokens(reason);
        }
        try (Coordinator coordinator = start(properties)) {
            awaitEach(coordinator, agents);
            assertThat(coordinator.bean(Costs.class).told)
                    .extracting(Costs.Told::reason)
                    .containsOnly(reason);
        }
    }
}
