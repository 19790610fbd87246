package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.ExpectedVersion;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.Observe;
import io.swarmledger.commands.UnknownAggregate;
import io.swarmledger.commands.VersionConflict;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.memory.MemoryRetrieved;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A command for an aggregate as its sender saw it last. */
class ExpectedVersionTest {

    private static TestLedger ledger;

    @BeforeAll
    static void start() {
        ledger = TestLedger.inMemory("swarm-ledger.snapshot.threshold=3");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    void onlyAtThatVersionAnythingIsAppended() {
        send(new StoreMemory("m1", "n", "k", "episodic", 1), 0L, null);
        assertThat(send(new RetrieveMemory("m1"), 1L, null).version()).isEqualTo(2);

        assertThatThrownBy(() -> send(new RetrieveMemory("m1"), 1L, null))
                .isInstanceOfSatisfying(VersionConflict.class, conflict -> {
                    assertThat(conflict.currentVersion()).isEqualTo(2);
                    assertThat(conflict.expectedVersion()).isEqualTo(1);
                })
                .hasMessage("The memory m1 is at version 2, not at 1");
        assertThatThrownBy(() -> send(new RetrieveMemory("m1"), 3L, null)).isInstanceOf(VersionConflict.class);
        assertThat(send(new RetrieveMemory("m1"), 2L, null).version()).isEqualTo(3);
    }

    @Test
    void whatIsNotThereYetIsAtVersionZero() {
        assertThatThrownBy(() -> send(new StoreMemory("m2", "n", "k", "episodic", 1), 1L, null))
                .isInstanceOfSatisfying(VersionConflict.class, conflict -> assertThat(conflict.currentVersion())
                        .isZero());
        assertThatThrownBy(() -> send(new RetrieveMemory("m2"), 1L, null)).isInstanceOf(UnknownAggregate.class);
    }

    @Test
    void anObservedFactIsHeldToItToo() {
        send(new StoreMemory("m3", "n", "k", "episodic", 1), null, null);
        Observe fact = Observe.of("memory", "m3", new MemoryRetrieved("m3", "n", "k", 1d, 1L));

        assertThatThrownBy(() -> send(fact, 0L, null)).isInstanceOf(VersionConflict.class);
        assertThat(send(fact, 1L, null).version()).isEqualTo(2);
    }

    @Test
    void aRetryIsAnsweredAsTheFirstTimeWhateverTheVersionIsByThen() {
        send(new StoreMemory("m4", "n", "k", "episodic", 1), null, null);
        Appended first = send(new RetrieveMemory("m4"), 1L, "retry-me");
        send(new RetrieveMemory("m4"), 2L, null);

        assertThat(send(new RetrieveMemory("m4"), 1L, "retry-me")).isEqualTo(first);
    }

    @Test
    void snapshotsAndAForgottenCacheDoNotChangeWhatVersionItIs() throws Exception {
        ledger.importMemory("m5", 7);
        assertThat(send(new RetrieveMemory("m5"), 7L, null).version()).isEqualTo(8);
        ledger.awaitSnapshots();
        ledger.importMemory("m6", 1);

        assertThat(send(new RetrieveMemory("m5"), 8L, null).version()).isEqualTo(9);
    }

    @Test
    void ofManyThatExpectTheSameOneIsAppended() throws Exception {
        send(new StoreMemory("m7", "n", "k", "episodic", 1), null, null);
        List<Callable<Boolean>> sending = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            sending.add(() -> {
                try {
                    return send(new RetrieveMemory("m7"), 1L, null).version() == 2;
                } catch (VersionConflict conflict) {
                    return false;
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Boolean> appended = new ArrayList<>();
        for (Future<Boolean> one : threads.invokeAll(sending)) {
            appended.add(one.get());
        }
        threads.shutdown();

        assertThat(appended).filteredOn(Boolean::booleanValue).hasSize(1);
    }

    @Test
    void itDoesNotTravelOnWithTheEvent() throws Exception {
        send(new StoreMemory("m8", "n", "k", "episodic", 1), 0L, null);

        assertThat(ledger.query("SELECT metaData FROM DomainEventEntry WHERE aggregateIdentifier = 'm8'"))
                .containsExactly("{}");
    }

    private static Appended send(LedgerCommand command, Long expectedVersion, String id) {
        Envelope envelope = Envelope.from("tester").withId(id);
        return ledger.commands()
                .sendAndWait(
                        command,
                        MetaData.from(envelope.toMetaData()).mergedWith(ExpectedVersion.toMetaData(expectedVersion)));
    }
}
