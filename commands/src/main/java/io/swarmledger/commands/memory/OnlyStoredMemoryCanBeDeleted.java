package io.swarmledger.commands.memory;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.memory.MemoryDeleted;
import java.util.Optional;

/** What is not there, or no longer, cannot be taken away. */
final class OnlyStoredMemoryCanBeDeleted implements Rule<Memory> {

    @Override
    public Optional<String> objection(Memory memory, LedgerEvent proposed) {
        return Rule.brokenIf(proposed instanceof MemoryDeleted && !memory.isStored(), "nothing is stored under it");
    }
}
