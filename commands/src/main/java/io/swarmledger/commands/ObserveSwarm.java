package io.swarmledger.commands;

import io.swarmledger.events.LedgerEvent;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Records what has happened to a swarm, whether its rules like it or not. */
public record ObserveSwarm(@TargetAggregateIdentifier String aggregateId, LedgerEvent event) implements Observe {

    public ObserveSwarm {
        Observe.require("swarm", aggregateId, event);
    }

    @Override
    public String aggregateType() {
        return "swarm";
    }
}
