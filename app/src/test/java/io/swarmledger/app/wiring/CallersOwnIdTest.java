package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.command.EventIdTaken;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.Observe;
import io.swarmledger.commands.RuleBroken;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.OpaqueEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault T2: a command that comes again, at once or after a crash between commit and answer. */
class CallersOwnIdTest {

    @TempDir
    static Path directory;

    private static TestLedger ledger;

    @BeforeAll
    static void start() {
        ledger = TestLedger.in(directory.toString());
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    void sentBySixteenAtOnceItIsOneEventAndOneAnswer() throws Exception {
        ledger.send(new StoreMemory("at-once", "n", "k", "episodic", 1));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Callable<Appended>> sending = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            sending.add(() -> ledger.send(new RetrieveMemory("at-once"), withId("read-1")));
        }
        Set<Appended> answers = new HashSet<>();
        for (Future<Appended> answer : threads.invokeAll(sending)) {
            answers.add(answer.get());
        }
        threads.shutdown();

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.id()).isEqualTo("read-1");
            assertThat(answer.version()).isEqualTo(2);
        });
        assertThat(ledger.query("SELECT count(*) FROM DomainEventEntry WHERE aggregateIdentifier = 'at-once'"))
                .containsExactly("2");
    }

    @Test
    void whatTheRulesWouldRefuseTheSecondTimeIsAnsweredAsTheFirstTime() {
        Appended first = ledger.send(new SpawnAgent("spawned-twice", "coder"), withId("spawn-1"));
        assertThat(ledger.send(new SpawnAgent("spawned-twice", "coder"), withId("spawn-1")))
                .isEqualTo(first);
        assertThatThrownBy(() -> ledger.send(new SpawnAgent("spawned-twice", "coder"), withId("spawn-2")))
                .isInstanceOf(RuleBroken.class);

        ledger.send(new AssignTask("spawned-twice", "task-1"));
        LedgerCommand complete =
                new CompleteAssignedTask("spawned-twice", "task-1", Map.of("files", List.of(1, 2.5)), null, null);
        Appended completed = ledger.send(complete, withId("complete-1"));
        assertThat(ledger.send(complete, withId("complete-1"))).isEqualTo(completed);
    }

    @Test
    void afterTheLedgerWasOpenedAgainItIsAnsweredAsTheFirstTime() {
        Appended first = ledger.send(new SpawnAgent("crashed", "coder"), withId("crash-1"));
        ledger.close();
        ledger = TestLedger.in(directory.toString());

        assertThat(ledger.send(new SpawnAgent("crashed", "coder"), withId("crash-1")))
                .isEqualTo(first);
    }

    @Test
    void withOtherContentItIsRefusedAndNamesWhatDiffers() throws Exception {
        Appended first = ledger.send(new SpawnAgent("taken", "coder", "core", List.of("java")), withId("taken-1"));

        refused(new SpawnAgent("taken", "tester", "core", List.of("java")), first, "role is another there");
        refused(new SpawnAgent("taken", "coder", "core", List.of("java", "sql")), first, "capabilities is another");
        refused(new SpawnAgent("other", "coder", "core", List.of("java")), first, "it belongs to taken");
        refused(new AssignTask("taken", "task-1"), first, "it is agent:spawned");

        assertThat(ledger.query(
                        "SELECT count(*) FROM DomainEventEntry WHERE aggregateIdentifier IN ('taken', 'other')"))
                .containsExactly("1");
        assertThat(ledger.send(new SpawnAgent("taken", "coder", null, null), withId("taken-1")))
                .as("what the caller leaves out does not count")
                .isEqualTo(first);
    }

    @Test
    void oneOfManyAggregatesAtOnceGetsTheId() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        for (int round = 0; round < 20; round++) {
            String id = "race-" + round;
            List<Callable<Appended>> sending = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String agent = id + "-" + i;
                sending.add(() -> {
                    try {
                        return ledger.send(new SpawnAgent(agent, "coder"), withId(id));
                    } catch (EventIdTaken taken) {
                        return taken.takenBy();
                    }
                });
            }
            Set<Appended> answers = new HashSet<>();
            for (Future<Appended> answer : threads.invokeAll(sending)) {
                answers.add(answer.get());
            }
            assertThat(answers).as("all name the one event of that id").hasSize(1);
        }
        threads.shutdown();
    }

    @Test
    void anUnknownTypeIsComparedWhole() {
        LedgerCommand fact = observed("{\"a\": 1, \"b\": [1.0]}");
        Appended first = ledger.send(fact, withId("opaque-1"));

        assertThat(ledger.send(observed("{\"b\":[1],\"a\":1}"), withId("opaque-1")))
                .isEqualTo(first);
        refused(observed("{\"a\":2, \"b\":[1]}"), first, "the payload is another there");
        refused(observed("{\"a\":1}"), first, "the payload is another there");
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        assertThatThrownBy(() -> ledger.send(new SpawnAgent("malformed", "coder"), withId("no id")))
                .isInstanceOf(MalformedCommand.class)
                .hasMessageContaining("id is \"no id\"");
    }

    private static void refused(LedgerCommand command, Appended first, String difference) {
        assertThatThrownBy(() -> ledger.send(command, withId(first.id())))
                .isInstanceOfSatisfying(EventIdTaken.class, refusal -> assertThat(refusal.takenBy())
                        .isEqualTo(first))
                .hasMessageContaining("The id " + first.id() + " is taken by the event at position " + first.position())
                .hasMessageContaining(difference);
    }

    private static LedgerCommand observed(String payload) {
        return Observe.of("agent", "observed", OpaqueEvent.unknown("agent:levitated", "1", payload));
    }

    private static Envelope withId(String id) {
        return Envelope.from("swarm").withId(id);
    }
}
