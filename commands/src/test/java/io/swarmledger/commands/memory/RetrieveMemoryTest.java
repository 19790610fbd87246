package io.swarmledger.commands.memory;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.memory.MemorySamples.MEMORY;
import static io.swarmledger.commands.memory.MemorySamples.deleted;
import static io.swarmledger.commands.memory.MemorySamples.expired;
import static io.swarmledger.commands.memory.MemorySamples.retrieved;
import static io.swarmledger.commands.memory.MemorySamples.stored;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;
import org.junit.jupiter.api.Test;

class RetrieveMemoryTest {

    @Test
    void whereItLiesAndHowOftenItWasReadIsFilledIn() {
        given(stored())
                .when(new RetrieveMemory(MEMORY))
                .appends(new MemoryRetrieved(MEMORY, "patterns", "retry", NOW, 1L));
        given(stored(), retrieved(), retrieved())
                .when(new RetrieveMemory(MEMORY))
                .appends(new MemoryRetrieved(MEMORY, "patterns", "retry", NOW, 3L));
    }

    @Test
    void theCountGoesOnFromWhatHistorySays() {
        given(stored(), new MemoryRetrieved(MEMORY, null, null, 1d, 41L))
                .when(new RetrieveMemory(MEMORY))
                .appends(new MemoryRetrieved(MEMORY, "patterns", "retry", NOW, 42L));
    }

    @Test
    void storedAnewItIsAsNew() {
        given(stored(), retrieved(), new MemoryStored(MEMORY, "facts", "answer", "semantic", 42L, 1d))
                .when(new RetrieveMemory(MEMORY))
                .appends(new MemoryRetrieved(MEMORY, "facts", "answer", NOW, 1L));
    }

    @Test
    void whatHistoryReadAfterTheDeletionDoesNotCount() {
        given(stored(), deleted(), retrieved(), stored())
                .when(new RetrieveMemory(MEMORY))
                .appends(new MemoryRetrieved(MEMORY, "patterns", "retry", NOW, 1L));
    }

    @Test
    void theCallerMaySayAllOfIt() {
        given(stored())
                .when(new RetrieveMemory(MEMORY, "n", "k", 12.5, 9L))
                .appends(new MemoryRetrieved(MEMORY, "n", "k", 12.5, 9L));
    }

    @Test
    void onlyWhatIsStored() {
        given(stored(), deleted())
                .when(new RetrieveMemory(MEMORY))
                .isRefused("OnlyStoredMemoryCanBeRetrieved: nothing is stored under it (memory memory-1: deleted)");
        given(stored(), expired())
                .when(new RetrieveMemory(MEMORY))
                .isRefused("OnlyStoredMemoryCanBeRetrieved: nothing is stored under it (memory memory-1: expired)");
        given(retrieved())
                .when(new RetrieveMemory(MEMORY))
                .isRefused(
                        "OnlyStoredMemoryCanBeRetrieved: nothing is stored under it (memory memory-1: never stored)");
    }
}
