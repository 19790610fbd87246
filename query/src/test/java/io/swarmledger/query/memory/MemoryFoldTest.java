package io.swarmledger.query.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.memory.MemoryDeleted;
import io.swarmledger.events.memory.MemoryExpired;
import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;
import io.swarmledger.events.swarm.SwarmFailed;
import io.swarmledger.query.Told;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryFoldTest {

    private static final MemoryStored STORED = new MemoryStored("m-1", "shared", "key", "episodic", 100L, 5.0);
    private static final MemoryDeleted DELETED = new MemoryDeleted("m-1", "shared", "key", 30.0);
    private static final MemoryExpired EXPIRED = new MemoryExpired("m-1", "shared", "key", 40.0, 39.0);

    private static MemoryState told(LedgerEvent... events) {
        return Told.to(new MemoryFold(), events);
    }

    private static MemoryRetrieved retrieved(double at, Long count) {
        return new MemoryRetrieved("m-1", "shared", "key", at, count);
    }

    @Test
    void storedIsThereAndNotYetRead() {
        assertThat(told(STORED))
                .isEqualTo(new MemoryState(
                        Told.ID, "shared", "key", "episodic", 100L, 0, 5.0, 5.0, null, false, null, "alpha"));
    }

    @Test
    void retrievedCountsAsToldOrOneMore() {
        assertThat(told(STORED, retrieved(10, 7L)).accessCount()).isEqualTo(7);
        assertThat(told(STORED, retrieved(10, 7L), retrieved(11, null)).accessCount())
                .isEqualTo(8);
        assertThat(told(STORED, retrieved(10, 7L), retrieved(11, 2L)).accessCount())
                .as("the last event wins")
                .isEqualTo(2);
        assertThat(told(STORED, retrieved(10, 7L)).lastAccessedAt()).isEqualTo(10.0);
    }

    @Test
    void deletedIsNotStoredAnyMore() {
        assertThat(told(STORED, DELETED))
                .isEqualTo(told(STORED).with(memory -> memory.isDeleted(true).deletedAt(30.0)));
    }

    @Test
    void expiredIsDeletedToo() {
        assertThat(told(STORED, EXPIRED))
                .isEqualTo(told(STORED)
                        .with(memory -> memory.isDeleted(true).deletedAt(40.0).expiredAt(40.0)));
    }

    @Test
    void whatIsGoneIgnoresRetrievals() {
        assertThat(told(STORED, DELETED, retrieved(50, 9L))).isEqualTo(told(STORED, DELETED));
        assertThat(told(STORED, EXPIRED, retrieved(50, 9L))).isEqualTo(told(STORED, EXPIRED));
    }

    @Test
    void ofDeletedAndExpiredTheLastWins() {
        assertThat(told(STORED, EXPIRED, DELETED).deletedAt()).isEqualTo(30.0);
        assertThat(told(STORED, DELETED, EXPIRED).expiredAt()).isEqualTo(40.0);
    }

    @Test
    void storedAnewItIsAsNew() {
        MemoryStored again = new MemoryStored("m-1", "private", "other", "semantic", 1L, 60.0);
        assertThat(told(STORED, retrieved(10, 7L), EXPIRED, again)).isEqualTo(told(again));
        assertThat(told(STORED, retrieved(10, 7L), STORED)).isEqualTo(told(STORED));
    }

    @Test
    void beforeItIsStoredEverythingIsPassedOver() {
        for (LedgerEvent event : List.of(retrieved(10, 1L), DELETED, EXPIRED)) {
            assertThat(told(event)).isNull();
        }
    }

    @Test
    void eventsOfOtherFeaturesAndOpaqueOnesArePassedOver() {
        MemoryState memory = told(STORED);
        MemoryFold fold = new MemoryFold();
        for (LedgerEvent event :
                List.of(new SwarmFailed("e", null, Map.of(), 1.0), OpaqueEvent.unknown("memory:moved", "1", "{}"))) {
            assertThat(fold.evolve(memory, event, Told.at(9_000))).isSameAs(memory);
            assertThat(fold.evolve(null, event, Told.at(9_000))).isNull();
        }
    }

    @Test
    void whatAnEventDoesNotTellIsNullOrTheEventsOwnTime() {
        MemoryStored stored = new MemoryStored(null, null, null, null, null, null);
        assertThat(told(stored, new MemoryRetrieved(null, null, null, null, null)))
                .isEqualTo(new MemoryState(
                        Told.ID, null, null, null, null, 1, 1_000.0, 2_000.0, null, false, null, "alpha"));
        assertThat(told(stored, new MemoryDeleted(null, null, null, null)).deletedAt())
                .isEqualTo(2_000.0);
        assertThat(told(stored, new MemoryExpired(null, null, null, null, null)).expiredAt())
                .isEqualTo(2_000.0);
    }
}
