package io.swarmledger.commands.memory;

import io.swarmledger.commands.LedgerCommand;

/** What can be asked of a memory. */
public sealed interface MemoryCommand extends LedgerCommand
        permits StoreMemory, RetrieveMemory, DeleteMemory, ExpireMemory {

    @Override
    default String aggregateType() {
        return Memory.TYPE;
    }
}
