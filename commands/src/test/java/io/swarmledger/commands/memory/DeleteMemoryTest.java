package io.swarmledger.commands.memory;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.memory.MemorySamples.MEMORY;
import static io.swarmledger.commands.memory.MemorySamples.deleted;
import static io.swarmledger.commands.memory.MemorySamples.expired;
import static io.swarmledger.commands.memory.MemorySamples.retrieved;
import static io.swarmledger.commands.memory.MemorySamples.stored;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.memory.MemoryDeleted;
import org.junit.jupiter.api.Test;

class DeleteMemoryTest {

    @Test
    void whereItLayIsFilledIn() {
        given(stored()).when(new DeleteMemory(MEMORY)).appends(new MemoryDeleted(MEMORY, "patterns", "retry", NOW));
    }

    @Test
    void theCallerMaySayAllOfIt() {
        given(stored())
                .when(new DeleteMemory(MEMORY, "n", "k", 12.5))
                .appends(new MemoryDeleted(MEMORY, "n", "k", 12.5));
    }

    @Test
    void storedAgainItMayBeDeletedAgain() {
        given(stored(), deleted(), stored())
                .when(new DeleteMemory(MEMORY))
                .appends(new MemoryDeleted(MEMORY, "patterns", "retry", NOW));
    }

    @Test
    void onlyWhatIsStored() {
        given(stored(), deleted())
                .when(new DeleteMemory(MEMORY))
                .isRefused("OnlyStoredMemoryCanBeDeleted: nothing is stored under it (memory memory-1: deleted)");
        given(stored(), expired())
                .when(new DeleteMemory(MEMORY))
                .isRefused("OnlyStoredMemoryCanBeDeleted: nothing is stored under it (memory memory-1: expired)");
        given(retrieved())
                .when(new DeleteMemory(MEMORY))
                .isRefused("OnlyStoredMemoryCanBeDeleted: nothing is stored under it (memory memory-1: never stored)");
    }
}
