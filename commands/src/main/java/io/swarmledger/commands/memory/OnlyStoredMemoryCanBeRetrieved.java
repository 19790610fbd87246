package io.swarmledger.commands.memory;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.memory.MemoryRetrieved;
import java.util.Optional;

/** What is not there, or no longer, cannot be read. */
final class OnlyStoredMemoryCanBeRetrieved implements Rule<Memory> {

    @Override
    public Optional<String> objection(Memory memory, LedgerEvent proposed) {
        return Rule.brokenIf(proposed instanceof MemoryRetrieved && !memory.isStored(), "nothing is stored under it");
    }
}
