package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.command.AggregateCaches;
import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.IdBelongsToAnotherType;
import io.swarmledger.commands.RuleBroken;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.task.CreateTask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is to come into being is presumed not to be there: where it is after all, the log has the last word. */
class NewStreamsTest {

    private final TestLedger ledger = TestLedger.inMemory();
    private final CommandGateway commands = ledger.bean(CommandGateway.class);

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void whatIsThereAndNotInMemoryIsNotBegunAgain() throws Exception {
        commands.sendAndWait(new SpawnAgent("a", "coder"));
        forget();

        assertThatThrownBy(() -> commands.sendAndWait(new SpawnAgent("a", "coder")))
                .isInstanceOfSatisfying(
                        RuleBroken.class, refusal -> assertThat(refusal.rule()).isEqualTo("AgentIsSpawnedOnce"));
        forget();
        assertThatThrownBy(() -> commands.sendAndWait(new CreateTask("a", "coding", "Build it")))
                .isInstanceOf(IdBelongsToAnotherType.class);

        assertThat(stored()).containsExactly("1 a 0 agent:spawned");
    }

    @Test
    void whatMayBeStoredAgainGoesOnWhereItWas() throws Exception {
        commands.sendAndWait(new StoreMemory("m", "notes", "k", "episodic", 1L));
        commands.sendAndWait(new StoreMemory("m", "notes", "k", "episodic", 2L));
        forget();

        Appended again = commands.sendAndWait(new StoreMemory("m", "notes", "k", "episodic", 3L));

        assertThat(again.version()).isEqualTo(3);
        assertThat(again.position()).isEqualTo(3);
        assertThat(commands.<Appended>sendAndWait(new StoreMemory("m", "notes", "k", "episodic", 4L))
                        .version())
                .as("the cache holds what the log has")
                .isEqualTo(4);
    }

    @Test
    void manyTogetherOfWhichOneIsThereAlreadyStillShareATransaction() throws Exception {
        commands.sendAndWait(new StoreMemory("m-7", "notes", "k", "episodic", 1L));
        forget();
        List<Appended> answers = new ArrayList<>();

        ledger.bean(LedgerCommandGateway.class)
                .sendAndWaitAll(
                        IntStream.range(0, 20)
                                .mapToObj(i -> new GenericCommandMessage<>(
                                        new StoreMemory("m-" + i, "notes", "k", "episodic", 2L)))
                                .toList(),
                        answers::add);

        assertThat(answers)
                .extracting(Appended::version)
                .containsExactlyElementsOf(Stream.iterate(0, i -> i + 1)
                        .limit(20)
                        .map(i -> i == 7 ? 2L : 1L)
                        .toList());
        assertThat(answers)
                .extracting(Appended::position)
                .containsExactlyElementsOf(
                        Stream.iterate(2L, i -> i + 1).limit(20).toList());
    }

    private void forget() {
        ledger.bean(AggregateCaches.class).clear();
    }

    private List<String> stored() throws Exception {
        return ledger.query(
                "SELECT globalIndex, aggregateIdentifier, sequenceNumber, payloadType FROM DomainEventEntry");
    }
}
