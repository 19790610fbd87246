package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.command.EventIdTaken;
import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.IdBelongsToAnotherType;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.QueueTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.Envelope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many commands that share a transaction are decided, answered and refused as if each had been sent alone. */
class ManyCommandsTogetherTest {

    private static final Envelope SAME = Envelope.from("tester").at(1_767_517_200_000d);

    private TestLedger ledger;

    @BeforeEach
    void start() {
        ledger = TestLedger.inMemory("swarm-ledger.snapshot.threshold=5");
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void eachSeesWhatThoseBeforeItDid() throws Exception {
        List<Appended> answers = new ArrayList<>();

        send(
                answers,
                message(new CreateTask("task-1", "test", "Try it")),
                message(new SpawnAgent("agent-1", "tester")),
                message(new AssignTask("agent-1", "task-1")),
                message(new StartTask("task-1", "agent-1")),
                message(new CompleteAssignedTask("agent-1", "task-1", "done")));

        assertThat(answers).extracting(Appended::position).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(answers).extracting(Appended::version).containsExactly(1L, 1L, 2L, 2L, 3L);
        assertThat(stored()).isEqualTo(ids(answers));
    }

    @Test
    void theFirstThatIsRefusedEndsItAndWhatCameBeforeStays() throws Exception {
        List<Appended> answers = new ArrayList<>();

        Throwable refusal = catchThrowable(() -> send(
                answers,
                message(new StoreMemory("memory-1", "n", "k", "episodic", 1)),
                message(new RetrieveMemory("memory-1")),
                message(new AssignTask("agent-2", "task-1")),
                message(new RetrieveMemory("memory-1"))));

        assertThat(refusal).hasMessage("There is no agent agent-2");
        assertThat(answers).hasSize(2);
        assertThat(stored()).isEqualTo(ids(answers));
        assertThat(ledger.send(new RetrieveMemory("memory-1")).version()).isEqualTo(3);
    }

    @Test
    void anEventTooLargeForTheLedgerIsRefusedInItsPlace() throws Exception {
        List<Appended> answers = new ArrayList<>();

        Throwable refusal = catchThrowable(() -> send(
                answers,
                message(new StoreMemory("memory-1", "n", "k", "episodic", 1)),
                message(new CreateTask("task-1", "test", "Try it", "x".repeat(2_000_000), null, null, null)),
                message(new RetrieveMemory("memory-1"))));

        assertThat(refusal).isInstanceOfSatisfying(LogFault.class, fault -> assertThat(fault.kind())
                .isEqualTo(LogFault.Kind.TOO_LARGE));
        assertThat(stored()).isEqualTo(ids(answers)).hasSize(1);
    }

    @Test
    void anIdThatComesAgainIsAnsweredAsTheFirstTimeWhetherItCameBeforeOrJustNow() throws Exception {
        Appended before = ledger.send(new SpawnAgent("agent-1", "tester"), SAME.withId("spawn-1"));
        List<Appended> answers = new ArrayList<>();

        send(
                answers,
                message(new SpawnAgent("agent-1", "tester"), SAME.withId("spawn-1")),
                message(new StoreMemory("memory-1", "n", "k", "episodic", 1)),
                message(new RetrieveMemory("memory-1"), SAME.withId("read-1")),
                message(new RetrieveMemory("memory-1"), SAME.withId("read-1")),
                message(new RetrieveMemory("memory-1")));

        assertThat(answers.get(0)).isEqualTo(before);
        assertThat(answers.get(3)).isEqualTo(answers.get(2));
        assertThat(answers.get(4).version()).isEqualTo(3);
        assertThat(stored()).hasSize(4);
    }

    @Test
    void anIdThatIsTakenEndsIt() {
        ledger.send(new SpawnAgent("agent-1", "tester"), SAME.withId("spawn-1"));
        List<Appended> answers = new ArrayList<>();

        Throwable refusal = catchThrowable(() -> send(
                answers,
                message(new SpawnAgent("agent-2", "tester")),
                message(new SpawnAgent("agent-3", "tester"), SAME.withId("spawn-1"))));

        assertThat(refusal).isInstanceOf(EventIdTaken.class);
        assertThat(answers).hasSize(1);
    }

    @Test
    void anIdThatBecomesAnAgentIsNoTaskForThoseBehind() {
        List<Appended> answers = new ArrayList<>();

        Throwable refusal = catchThrowable(() ->
                send(answers, message(new SpawnAgent("same", "tester")), message(new CreateTask("same", "t", "t"))));

        assertThat(refusal).isInstanceOf(IdBelongsToAnotherType.class);
        assertThat(answers).hasSize(1);
    }

    @Test
    void whatAnImportAppendsInBetweenIsSeenAndNothingIsLost() throws Exception {
        ledger.send(new StoreMemory("memory-1", "n", "k", "episodic", 1));
        ledger.log().writer().bulk((inserter, connection) -> inserter.insert(TestLedger.memoryRow("memory-1", 2)));
        List<Appended> answers = new ArrayList<>();

        send(answers, message(new RetrieveMemory("memory-1")), message(new RetrieveMemory("memory-1")));

        assertThat(answers).extracting(Appended::version).containsExactly(3L, 4L);
    }

    /** Clients whose orders of the same aggregates differ: whoever waits for whom, all of them end. */
    @Test
    void clientsThatWantTheSameAggregatesInAnyOrderAllEnd() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("ManyCommandsTogetherTest: seed " + seed);
        List<String> memories =
                IntStream.range(0, 6).mapToObj(i -> "memory-" + i).toList();
        memories.forEach(id -> ledger.send(new StoreMemory(id, "n", "k", "episodic", 1)));
        List<Callable<List<Appended>>> clients = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            Random chance = new Random(seed + client);
            clients.add(() -> {
                List<Appended> answers = new ArrayList<>();
                for (int round = 0; round < 15; round++) {
                    List<String> order = new ArrayList<>(memories);
                    Collections.shuffle(order, chance);
                    send(
                            answers,
                            order.stream()
                                    .map(id -> message(new RetrieveMemory(id)))
                                    .toArray(CommandMessage<?>[]::new));
                    answers.add(ledger.send(new RetrieveMemory(order.get(0))));
                }
                return answers;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Appended> all = new ArrayList<>();
        for (Future<List<Appended>> answers : threads.invokeAll(clients)) {
            all.addAll(answers.get());
        }
        threads.shutdown();

        assertThat(all).hasSize(8 * 15 * 7).extracting(Appended::position).doesNotHaveDuplicates();
        assertThat(ledger.query("SELECT count(*) FROM DomainEventEntry"))
                .containsExactly(String.valueOf(all.size() + memories.size()));
        ledger.caughtUp();
        ledger.awaitSnapshots();
        for (String id : memories) {
            assertThat(ledger.query(
                            "SELECT max(sequenceNumber) + 1 = count(*) FROM DomainEventEntry WHERE aggregateIdentifier = ?",
                            id))
                    .containsExactly("1");
        }
    }

    @Test
    void togetherOrAloneItIsTheSameHistory() throws Exception {
        List<LedgerCommand> commands = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            commands.add(new CreateTask("task-" + i, "test", "Try it"));
            commands.add(new QueueTask("task-" + i));
            commands.add(new StoreMemory("memory-" + i % 7, "n", "k", "episodic", i));
            commands.add(new RetrieveMemory("memory-" + i % 7));
        }
        send(new ArrayList<>(), commands.stream().map(this::message).toArray(CommandMessage<?>[]::new));
        String history = "SELECT aggregateIdentifier, sequenceNumber, payloadType, payload FROM DomainEventEntry"
                + " ORDER BY globalIndex";
        try (TestLedger other = TestLedger.inMemory()) {
            commands.forEach(command -> other.send(command, SAME));

            assertThat(ledger.query(history)).isEqualTo(other.query(history));
        }
    }

    private void send(List<Appended> answers, CommandMessage<?>... commands) {
        ledger.bean(LedgerCommandGateway.class).sendAndWaitAll(Arrays.asList(commands), answers::add);
    }

    private CommandMessage<?> message(LedgerCommand command) {
        return message(command, SAME);
    }

    private static CommandMessage<?> message(LedgerCommand command, Envelope envelope) {
        return TestLedger.messageOf(command, envelope);
    }

    private List<String> stored() throws Exception {
        return ledger.query("SELECT eventIdentifier FROM DomainEventEntry ORDER BY globalIndex");
    }

    private static List<String> ids(List<Appended> answers) {
        return answers.stream().map(Appended::id).toList();
    }
}
