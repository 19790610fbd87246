package io.swarmledger.commands.memory;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.memory.MemorySamples.MEMORY;
import static io.swarmledger.commands.memory.MemorySamples.deleted;
import static io.swarmledger.commands.memory.MemorySamples.expired;
import static io.swarmledger.commands.memory.MemorySamples.retrieved;
import static io.swarmledger.commands.memory.MemorySamples.stored;
import static io.swarmledger.testing.Samples.NOW;

import io.swarmledger.events.memory.MemoryEvent;
import io.swarmledger.events.memory.MemoryStored;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoreMemoryTest {

    static Stream<MemoryEvent> anything() {
        return Stream.of(stored(), retrieved(), deleted(), expired());
    }

    @Test
    void aMemoryComesIntoBeing() {
        given().when(new StoreMemory(MEMORY, "patterns", "retry", "episodic", 2_048))
                .appends(new MemoryStored(MEMORY, "patterns", "retry", "episodic", 2_048L, NOW));
    }

    @Test
    void theCallerMaySayWhenAndNotHowLargeItIs() {
        given().when(new StoreMemory(MEMORY, "patterns", "retry", null, null, 12.5))
                .appends(new MemoryStored(MEMORY, "patterns", "retry", null, null, 12.5));
    }

    @ParameterizedTest
    @MethodSource("anything")
    void storingAgainReplacesWhateverHappened(MemoryEvent last) {
        given(stored(), last)
                .when(new StoreMemory(MEMORY, "facts", "answer", "semantic", 42))
                .appends(new MemoryStored(MEMORY, "facts", "answer", "semantic", 42L, NOW));
    }
}
