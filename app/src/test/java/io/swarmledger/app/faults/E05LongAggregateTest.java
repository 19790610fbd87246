package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long it takes and in how much memory is measured by {@code bench}. */
@DisplayName("E5 an aggregate of 100,000 events")
class E05LongAggregateTest {

    private static final int EVENTS = 100_000;
    private static final int THRESHOLD = 100;

    @Test
    void importedHistoryIsReadOnceAndThenNoMoreThanAThresholdOfEvents() throws Exception {
        try (TestLedger ledger = TestLedger.inMemory("swarm-ledger.snapshot.threshold=" + THRESHOLD)) {
            ledger.importMemory("long", EVENTS);
            Appended read = ledger.send(new RetrieveMemory("long"));
            ledger.awaitSnapshots();

            assertThat(read.version()).isEqualTo(EVENTS + 1);
            assertThat(ledger.bean(EventStore.class).readEvents("long").asStream())
                    .filteredOn(E05LongAggregateTest::isEvent)
                    .hasSizeLessThanOrEqualTo(THRESHOLD);
            ledger.send(new RetrieveMemory("long"));
            assertThat(ledger.query(
                            "SELECT payload ->> 'accessCount' FROM DomainEventEntry ORDER BY globalIndex DESC LIMIT 2"))
                    .containsExactly("100001", "100000");
            assertThat(ledger.ask(new StateOf("long", EVENTS / 2L, null), StateThen.class)
                            .version())
                    .isEqualTo(EVENTS / 2L);
        }
    }

    private static boolean isEvent(DomainEventMessage<?> message) {
        return !(message.getPayload() instanceof LedgerAggregate);
    }
}
