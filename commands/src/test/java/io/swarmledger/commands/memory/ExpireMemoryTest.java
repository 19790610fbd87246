package io.swarmledger.commands.memory;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.memory.MemorySamples.MEMORY;
import static io.swarmledger.commands.memory.MemorySamples.deleted;
import static io.swarmledger.commands.memory.MemorySamples.expired;
import static io.swarmledger.commands.memory.MemorySamples.retrieved;
import static io.swarmledger.commands.memory.MemorySamples.stored;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.memory.MemoryExpired;
import org.junit.jupiter.api.Test;

class ExpireMemoryTest {

    @Test
    void itWasDueWhenItExpired() {
        given(stored())
                .when(new ExpireMemory(MEMORY))
                .appends(new MemoryExpired(MEMORY, "patterns", "retry", NOW, NOW));
        given(stored())
                .when(new ExpireMemory(MEMORY, null, null, 12.5, null))
                .appends(new MemoryExpired(MEMORY, "patterns", "retry", 12.5, 12.5));
    }

    @Test
    void theCallerMaySayAllOfIt() {
        given(stored())
                .when(new ExpireMemory(MEMORY, "n", "k", 12.5, 12.25))
                .appends(new MemoryExpired(MEMORY, "n", "k", 12.5, 12.25));
    }

    @Test
    void storedAgainItMayExpireAgain() {
        given(stored(), expired(), stored())
                .when(new ExpireMemory(MEMORY))
                .appends(new MemoryExpired(MEMORY, "patterns", "retry", NOW, NOW));
    }

    @Test
    void onlyWhatIsStored() {
        given(stored(), deleted())
                .when(new ExpireMemory(MEMORY))
                .isRefused("OnlyStoredMemoryCanExpire: nothing is stored under it (memory memory-1: deleted)");
        given(stored(), expired())
                .when(new ExpireMemory(MEMORY))
                .isRefused("OnlyStoredMemoryCanExpire: nothing is stored under it (memory memory-1: expired)");
        given(retrieved())
                .when(new ExpireMemory(MEMORY))
                .isRefused("OnlyStoredMemoryCanExpire: nothing is stored under it (memory memory-1: never stored)");
    }
}
