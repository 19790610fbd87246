package io.swarmledger.commands;

import io.swarmledger.events.LedgerEvent;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Records what has happened to a memory, whether its rules like it or not. */
public record ObserveMemory(@TargetAggregateIdentifier String aggregateId, LedgerEvent event) implements Observe {

    public ObserveMemory {
        Observe.require("memory", aggregateId, event);
    }

    @Override
    public String aggregateType() {
        return "memory";
    }
}
