package io.swarmledger.commands;

import io.swarmledger.events.LedgerEvent;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Records what has happened to an agent, whether its rules like it or not. */
public record ObserveAgent(@TargetAggregateIdentifier String aggregateId, LedgerEvent event) implements Observe {

    public ObserveAgent {
        Observe.require("agent", aggregateId, event);
    }

    @Override
    public String aggregateType() {
        return "agent";
    }
}
