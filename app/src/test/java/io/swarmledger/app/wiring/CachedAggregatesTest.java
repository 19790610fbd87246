package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.LogFault;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.IdBelongsToAnotherType;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.RuleBroken;
import io.swarmledger.commands.UnknownAggregate;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.DeleteMemory;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.events.Envelope;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.Registration;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A command decides on the state that the log tells, whatever happened to the aggregate in memory. */
class CachedAggregatesTest {

    private static TestLedger ledger;

    @BeforeAll
    static void start() {
        ledger = TestLedger.inMemory();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    void anAppendThatFailedLeavesNoTrace() throws Exception {
        ledger.send(new StoreMemory("faulty", "n", "k", "episodic", 1));
        ledger.send(new RetrieveMemory("faulty"));
        ledger.tamper("CREATE TRIGGER fault BEFORE INSERT ON DomainEventEntry"
                + " BEGIN SELECT RAISE(ABORT, 'a fault of the engine'); END");

        assertThatThrownBy(() -> ledger.send(new RetrieveMemory("faulty")))
                .isInstanceOf(LogFault.class)
                .hasMessageContaining("a fault of the engine");
        ledger.tamper("DROP TRIGGER fault");

        assertThat(accessCountOf(ledger.send(new RetrieveMemory("faulty")))).isEqualTo("version 3, read 2 times");
    }

    @Test
    void aRefusalLeavesNoTrace() throws Exception {
        ledger.send(new StoreMemory("refused", "n", "k", "episodic", 1));
        ledger.send(new DeleteMemory("refused", null, null, null));

        assertThatThrownBy(() -> ledger.send(new RetrieveMemory("refused"))).isInstanceOf(RuleBroken.class);

        assertThat(ledger.send(new StoreMemory("refused", "n", "k", "episodic", 1))
                        .version())
                .isEqualTo(3);
        assertThat(accessCountOf(ledger.send(new RetrieveMemory("refused")))).isEqualTo("version 4, read 1 times");
    }

    @Test
    void anAggregateThatTheLogHasOvertakenConflictsOnceAtMost() throws Exception {
        ledger.send(new StoreMemory("overtaken", "n", "k", "episodic", 1));
        ledger.log().writer().append(List.of(TestLedger.memoryRow("overtaken", 2)));

        assertThatThrownBy(() -> sendOnce(new RetrieveMemory("overtaken"))).isInstanceOf(ConcurrencyException.class);

        assertThat(accessCountOf(sendOnce(new RetrieveMemory("overtaken")))).isEqualTo("version 3, read 2 times");
    }

    @Test
    void aConflictIsDecidedAgainAndARefusalIsNot() throws Exception {
        ledger.send(new StoreMemory("again", "n", "k", "episodic", 1));
        ledger.log().writer().append(List.of(TestLedger.memoryRow("again", 2)));
        AtomicInteger decisions = new AtomicInteger();
        Registration count = ledger.bean(CommandBus.class).registerHandlerInterceptor((unitOfWork, chain) -> {
            decisions.incrementAndGet();
            return chain.proceed();
        });

        assertThat(accessCountOf(ledger.send(new RetrieveMemory("again")))).isEqualTo("version 3, read 2 times");
        assertThat(decisions).hasValue(2);
        assertThatThrownBy(() -> ledger.send(new RetrieveMemory("never-stored")))
                .isInstanceOf(UnknownAggregate.class);
        assertThat(decisions).hasValue(3);
        count.cancel();
    }

    @Test
    void anImportIntoAnAggregateIsSeenByItsNextCommand() throws Exception {
        ledger.send(new StoreMemory("imported", "n", "k", "episodic", 1));
        ledger.log().writer().bulk((inserter, connection) -> inserter.insert(TestLedger.memoryRow("imported", 2)));

        assertThat(accessCountOf(sendOnce(new RetrieveMemory("imported")))).isEqualTo("version 3, read 2 times");
    }

    @Test
    void anIdInUseIsAskedForUnderAnotherType() {
        ledger.send(new StoreMemory("two-types", "n", "k", "episodic", 1));

        assertThatThrownBy(() -> ledger.send(new SpawnAgent("two-types", "coder")))
                .isInstanceOf(IdBelongsToAnotherType.class);
        assertThat(ledger.send(new RetrieveMemory("two-types")).version()).isEqualTo(2);
    }

    /** Past the gateway, which would try again after a conflict. */
    private static Appended sendOnce(LedgerCommand command) throws Exception {
        FutureCallback<LedgerCommand, Appended> answer = new FutureCallback<>();
        ledger.bean(CommandBus.class).dispatch(TestLedger.messageOf(command, Envelope.from("swarm")), answer);
        if (answer.getResult().isExceptional()) {
            throw (Exception) answer.getResult().exceptionResult();
        }
        return answer.getResult().getPayload();
    }

    private static String accessCountOf(Appended appended) throws Exception {
        return ledger.query(
                        "SELECT 'version ' || (sequenceNumber + 1) || ', read ' || (payload ->> 'accessCount')"
                                + " || ' times' FROM DomainEventEntry WHERE globalIndex = ?",
                        appended.position())
                .get(0);
    }
}
