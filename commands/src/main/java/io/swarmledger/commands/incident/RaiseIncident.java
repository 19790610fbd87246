package io.swarmledger.commands.incident;

import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.incident.IncidentRaised;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** A rule of alerts holds for an incident. */
public record RaiseIncident(
        @TargetAggregateIdentifier String incidentId, String rule, String title, String swarmId, String note, Double at)
        implements LedgerCommand {

    public RaiseIncident {
        Require.newId("incidentId", incidentId);
        Require.time("at", at);
    }

    /** It is raised when the command arrives. */
    public RaiseIncident(String incidentId, String rule, String title, String swarmId, String note) {
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
        return new IncidentRaised(incidentId, rule, title, swarmId, note, at);
    }
}
