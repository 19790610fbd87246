package io.swarmledger.commands.incident;

import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.incident.IncidentAcknowledged;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Somebody knows of an incident. */
public record AcknowledgeIncident(
        @TargetAggregateIdentifier String incidentId, String rule, String title, String swarmId, String note, Double at)
        implements LedgerCommand {

    public AcknowledgeIncident {
        Require.newId("incidentId", incidentId);
        Require.time("at", at);
    }

    /** It is known from when the command arrives. */
    public AcknowledgeIncident(String incidentId, String rule, String title, String swarmId, String note) {
        this(incidentId, rule, title, swarmId, note, null);
    }

    @Override
    public String aggregateType() {
        return Incident.TYPE;
    }

    @Override
    public String aggregateId() {
        return incidentId;
    }

    @Override
    public LedgerEvent event() {
        return new IncidentAcknowledged(incidentId, rule, title, swarmId, note, at);
    }
}
