package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.IdBelongsToAnotherType;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.events.Json;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotsTest {

    private static final int THRESHOLD = 100;

    private static TestLedger ledger;

    @BeforeAll
    static void start() {
        ledger = TestLedger.inMemory("swarm-ledger.snapshot.threshold=" + THRESHOLD);
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @ParameterizedTest
    @CsvSource({"below, 99, ", "at, 100, 99", "above, 101, 99"})
    void oneIsMadeAtTheThreshold(String id, int events, String lastSequenceNumber) throws Exception {
        ledger.importMemory(id, 1);
        for (int event = 2; event <= events; event++) {
            ledger.send(new RetrieveMemory(id));
            ledger.awaitSnapshots();
        }

        assertThat(snapshotsOf(id)).isEqualTo(lastSequenceNumber == null ? List.of() : List.of(lastSequenceNumber));
    }

    @Test
    void theNextReplacesItBeforeMoreThanAThresholdOfEventsFollowIt() throws Exception {
        ledger.importMemory("again", 1);
        for (int event = 2; event <= 2 * THRESHOLD + 10; event++) {
            ledger.send(new RetrieveMemory("again"));
            ledger.awaitSnapshots();
            assertThat(eventsReadToLoad("again")).isLessThanOrEqualTo(THRESHOLD);
        }

        assertThat(snapshotsOf("again")).hasSize(1);
    }

    @Test
    void itIsJsonUnderAStableNameAndRevision() throws Exception {
        ledger.importMemory("stable", THRESHOLD);
        ledger.send(new RetrieveMemory("stable"));
        ledger.awaitSnapshots();

        assertThat(ledger.query(
                        "SELECT type, payloadType, payloadRevision FROM SnapshotEventEntry"
                                + " WHERE aggregateIdentifier = ?",
                        "stable"))
                .containsExactly("memory memory-snapshot 2");
        String state = ledger.query("SELECT payload FROM SnapshotEventEntry WHERE aggregateIdentifier = ?", "stable")
                .get(0);
        assertThat(Json.mapper().readTree(state).get("accessCount").asLong()).isEqualTo(THRESHOLD);
        assertThat(state).doesNotContain("io.swarmledger");
    }

    /** Loading counts towards the threshold even when the command is refused, and loading is by id alone. */
    @Test
    void aCommandOfAnotherTypeLeavesNoSnapshotOnAStream() throws Exception {
        ledger.importMemory("shared-id", THRESHOLD + 20);

        assertThatThrownBy(() -> ledger.send(new StartAgent("shared-id"))).isInstanceOf(IdBelongsToAnotherType.class);
        ledger.awaitSnapshots();

        assertThat(snapshotsOf("shared-id")).isEmpty();
        assertThat(accessCountOf(ledger.send(new RetrieveMemory("shared-id"))))
                .isEqualTo(String.valueOf(THRESHOLD + 20));
    }

    private static long eventsReadToLoad(String id) {
        return ledger.bean(EventStore.class)
                .readEvents(id)
                .asStream()
                .filter(SnapshotsTest::isEvent)
                .count();
    }

    private static boolean isEvent(DomainEventMessage<?> message) {
        return !(message.getPayload() instanceof LedgerAggregate);
    }

    private static List<String> snapshotsOf(String id) throws Exception {
        return ledger.query("SELECT sequenceNumber FROM SnapshotEventEntry WHERE aggregateIdentifier = ?", id);
    }

    private static String accessCountOf(Appended appended) throws Exception {
        return ledger.query(
                        "SELECT payload ->> 'accessCount' FROM DomainEventEntry WHERE globalIndex = ?",
                        appended.position())
                .get(0);
    }
}
