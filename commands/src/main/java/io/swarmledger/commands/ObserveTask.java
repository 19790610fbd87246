package io.swarmledger.commands;

import io.swarmledger.events.LedgerEvent;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Records what has happened to a task, whether its rules like it or not. */
public record ObserveTask(@TargetAggregateIdentifier String aggregateId, LedgerEvent event) implements Observe {

    public ObserveTask {
        Observe.require("task", aggregateId, event);
    }

    @Override
    public String aggregateType() {
        return "task";
    }
}
