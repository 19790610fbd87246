package io.swarmledger.commands.incident;

import io.swarmledger.commands.Observe;
import io.swarmledger.events.LedgerEvent;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Records what was said of an incident. */
public record ObserveIncident(@TargetAggregateIdentifier String aggregateId, LedgerEvent event) implements Observe {

    public ObserveIncident {
        Observe.require(Incident.TYPE, aggregateId, event);
    }

    @Override
    public String aggregateType() {
        return Incident.TYPE;
    }
}
