package io.swarmledger.app.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;

/** Whoever handles a message sends commands while the one that it came from is under way, and waits for their answers. */
@Timeout(60)
class CommandSendingHandlersTest {

    @TempDir
    static Path directory;

    private static Coordinator coordinator;

    /** Answers of what was sent within a handler, by the id of the aggregate that it came from. */
    private static final Map<String, List<Appended>> ANSWERS = new ConcurrentHashMap<>();

    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    private static void answered(String from, Appended answer) {
        ANSWERS.computeIfAbsent(from, id -> new CopyOnWriteArrayList<>()).add(answer);
    }

    @ProcessingGroup("reactions")
    static class Reactions {

        private final CommandGateway commands;

        Reactions(CommandGateway commands) {
            this.commands = commands;
        }

        @EventHandler
        void on(AgentSpawned event) throws Exception {
            String agent = event.agentId();
            switch (event.role()) {
                case "waits" -> answered(agent, commands.sendAndWait(new StartAgent(agent)));
                case "waits a while" -> answered(
                        agent, commands.sendAndWait(new StartAgent(agent), 10, TimeUnit.SECONDS));
                case "sends" -> answered(
                        agent, commands.<Appended>send(new StartAgent(agent)).get());
                case "chains" -> {
                    answered(agent, commands.sendAndWait(new StartAgent(agent)));
                    answered(agent, commands.sendAndWait(new AssignTask(agent, "task-of-" + agent)));
                }
                case "another" -> answered(
                        agent, commands.sendAndWait(new CreateTask("task-of-" + agent, "coding", "Do it")));
                case "crowds" -> answered(agent, commands.sendAndWait(new RetrieveMemory("wanted")));
                case "crosses" -> {
                    BOTH.await(10, TimeUnit.SECONDS);
                    String other = agent.equals("left") ? "right" : "left";
                    answered(agent, commands.sendAndWait(new StartAgent(other)));
                }
                case "fails" -> throw new IllegalStateException("no desk for " + agent);
                default -> {}
            }
        }

        @EventHandler
        void on(AgentStarted event) {
            if (event.agentId().startsWith("deep")) {
                answered(event.agentId(), commands.sendAndWait(new AssignTask(event.agentId(), "first")));
            }
        }
    }

    @Saga
    @ProcessingGroup("reactions")
    public static class Onboarding {

        @Autowired
        transient CommandGateway commands;

        @StartSaga
        @SagaEventHandler(associationProperty = "agentId")
        void on(AgentSpawned event) {
            if (event.role().equals("by saga")) {
                answered(event.agentId(), commands.sendAndWait(new StartAgent(event.agentId())));
            } else {
                SagaLifecycle.end();
            }
        }

        @SagaEventHandler(associationProperty = "agentId")
        void on(AgentStarted event) {
            answered(
                    event.agentId(),
                    commands.sendAndWait(new CreateTask("first-of-" + event.agentId(), "coding", "Read the rules")));
            SagaLifecycle.end();
        }
    }

    /** A command of the coordinator's own, for no aggregate. */
    record Hire(String agent, String when) {}

    static class Hiring {

        private final CommandGateway commands;

        Hiring(CommandGateway commands) {
            this.commands = commands;
        }

        @CommandHandler
        Appended hire(Hire hire) {
            Appended spawned = commands.sendAndWait(new SpawnAgent(hire.agent(), "hired"));
            LedgerCommand start = new StartAgent(hire.agent());
            switch (hire.when()) {
                case "now" -> answered(hire.agent(), commands.sendAndWait(start));
                case "after commit, waits" -> CurrentUnitOfWork.get()
                        .afterCommit(done -> answered(hire.agent(), commands.sendAndWait(start)));
                case "after commit, sends" -> CurrentUnitOfWork.get()
                        .afterCommit(done -> answered(
                                hire.agent(), commands.<Appended>send(start).join()));
                default -> CurrentUnitOfWork.get()
                        .afterCommit(done -> commands.sendAndWait(new Hire(hire.agent() + "-too", "now")));
            }
            return spawned;
        }
    }

    static class Failures {

        @Bean
        ConfigurerModule failuresAreTold() {
            return configurer -> configurer
                    .eventProcessing()
                    .registerListenerInvocationErrorHandler(
                            "reactions", configuration -> PropagatingErrorHandler.instance());
        }
    }

    @BeforeAll
    static void start() {
        coordinator = Coordinator.in(
                directory,
                List.of(
                        Coordinator.WithoutDataSource.class,
                        Reactions.class,
                        Hiring.class,
                        Failures.class,
                        Onboarding.class),
                "axon.eventhandling.processors.reactions.mode=subscribing");
    }

    @AfterAll
    static void stop() {
        coordinator.close();
    }

    private static List<Long> versionsAnswered(String from) {
        return ANSWERS.get(from).stream().map(Appended::version).toList();
    }

    @Test
    void aHandlerWaitsForACommandToTheSameAggregate() {
        Appended spawned = coordinator.send(new SpawnAgent("same", "waits"));

        assertThat(ANSWERS.get("same")).singleElement().satisfies(started -> {
            assertThat(started.version()).isEqualTo(2);
            assertThat(started.position()).isEqualTo(spawned.position() + 1);
        });
        assertThat(spawned.version()).isEqualTo(1);
        assertThat(coordinator.send(new AssignTask("same", "task-1")).version()).isEqualTo(3);
    }

    @Test
    void aHandlerSendsOneAndWaitsForItsResult() {
        coordinator.send(new SpawnAgent("sent", "sends"));
        assertThat(versionsAnswered("sent")).containsExactly(2L);
    }

    @Test
    void aHandlerWaitsForSomeTimeOnly() {
        coordinator.send(new SpawnAgent("timed", "waits a while"));
        assertThat(versionsAnswered("timed")).containsExactly(2L);
    }

    @Test
    void aHandlerOfACommandThatNobodyWaitsForDoesTheSame() {
        Appended spawned = coordinator
                .bean(CommandGateway.class)
                .<Appended>send(new SpawnAgent("unwaited", "waits"))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(spawned.version()).isEqualTo(1);
        assertThat(versionsAnswered("unwaited")).containsExactly(2L);
    }

    @Test
    void handlersOfWhatAHandlerLedToDoTheSame() {
        coordinator.send(new SpawnAgent("deep", "chains"));
        assertThat(versionsAnswered("deep")).containsExactly(3L, 2L, 4L);
    }

    @Test
    void aHandlerWaitsForACommandToAnotherAggregate() {
        coordinator.send(new SpawnAgent("one", "another"));
        assertThat(versionsAnswered("one")).containsExactly(1L);
    }

    @Test
    void twoHandlersThatWaitForEachOthersAggregatesBothGoOn() {
        CompletableFuture<Appended> left =
                coordinator.bean(CommandGateway.class).send(new SpawnAgent("left", "crosses"));
        CompletableFuture<Appended> right =
                coordinator.bean(CommandGateway.class).send(new SpawnAgent("right", "crosses"));

        assertThat(left).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(right).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(versionsAnswered("left")).containsExactly(2L);
        assertThat(versionsAnswered("right")).containsExactly(2L);
        assertThat(coordinator.send(new AssignTask("left", "task-1")).version()).isEqualTo(3);
        assertThat(coordinator.send(new AssignTask("right", "task-1")).version())
                .isEqualTo(3);
    }

    @Test
    void manyHandlersAtOnceWaitForOneAggregateThatOthersWaitForToo() {
        CommandGateway commands = coordinator.bean(CommandGateway.class);
        coordinator.send(new StoreMemory("wanted", "n", "k", "episodic", 1));
        List<CompletableFuture<Appended>> sent = IntStream.range(0, 400)
                .mapToObj(i -> commands.<Appended>send(
                        i % 2 == 0 ? new SpawnAgent("crowd-" + i, "crowds") : new RetrieveMemory("wanted")))
                .toList();

        assertThat(sent).allSatisfy(one -> assertThat(one).succeedsWithin(30, TimeUnit.SECONDS));
        assertThat(coordinator.send(new RetrieveMemory("wanted")).version()).isEqualTo(402);
    }

    @Test
    void whatAHandlerFailsAtIsTheAnswerAndNothingIsSentAgain() {
        assertThatThrownBy(() -> coordinator.send(new SpawnAgent("failed", "fails")))
                .hasMessageContaining("no desk for failed");
        assertThat(coordinator.send(new StartAgent("failed")).version()).isEqualTo(2);
    }

    @Test
    void aSagaWaitsForCommandsToTheSameAggregateAndToAnother() {
        coordinator.send(new SpawnAgent("onboarded", "by saga"));
        Awaitility.await()
                .until(() -> ANSWERS.getOrDefault("onboarded", List.of()).size() == 2);
        assertThat(versionsAnswered("onboarded")).containsExactlyInAnyOrder(2L, 1L);
    }

    @Test
    void aCommandHandlerOfOnesOwnIsAnsweredWithWhatIsOnDisk() {
        Appended hired = coordinator.bean(CommandGateway.class).sendAndWait(new Hire("hired-now", "now"));
        assertThat(hired.version()).isEqualTo(1);
        assertThat(versionsAnswered("hired-now")).containsExactly(2L);
    }

    @Test
    void aCommandIsSentOnceTheOneBeforeItIsCommitted() {
        coordinator.bean(CommandGateway.class).sendAndWait(new Hire("hired-waits", "after commit, waits"));
        coordinator.bean(CommandGateway.class).sendAndWait(new Hire("hired-sends", "after commit, sends"));
        coordinator.bean(CommandGateway.class).sendAndWait(new Hire("hired", "after commit, one's own"));

        assertThat(versionsAnswered("hired-waits")).containsExactly(2L);
        assertThat(versionsAnswered("hired-sends")).containsExactly(2L);
        assertThat(versionsAnswered("hired-too")).containsExactly(2L);
    }
}
