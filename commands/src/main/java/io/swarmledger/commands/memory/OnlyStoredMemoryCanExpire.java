package io.swarmledger.commands.memory;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.memory.MemoryExpired;
import java.util.Optional;

/** What is not there, or no longer, cannot expire. */
final class OnlyStoredMemoryCanExpire implements Rule<Memory> {

    @Override
    public Optional<String> objection(Memory memory, LedgerEvent proposed) {
        return Rule.brokenIf(proposed instanceof MemoryExpired && !memory.isStored(), "nothing is stored under it");
    }
}
