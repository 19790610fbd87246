package io.swarmledger.app.http.command;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Wish;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.incident.AcknowledgeIncident;
import io.swarmledger.events.incident.IncidentAcknowledged;
import io.swarmledger.query.incident.GetIncident;
import io.swarmledger.query.incident.Incident;
import io.swarmledger.query.incident.IncidentWithEvents;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be said of an incident. */
@Tag(name = "incidents")
@RestController
@RequestMapping(path = "/api/incidents", produces = MediaType.APPLICATION_JSON_VALUE)
class IncidentCommands {

    private final Gateways gateways;

    IncidentCommands(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "Says that somebody knows of an incident, until it occurs again")
    @PostMapping("/{id}/acknowledge")
    Appended acknowledgeIncident(Wish<IncidentAcknowledged> wish) {
        AcknowledgeIncident given = (AcknowledgeIncident) wish.command();
        Incident known = gateways.get(
                        new GetIncident(given.incidentId()),
                        IncidentWithEvents.class,
                        null,
                        "incident " + given.incidentId())
                .incident();
        return gateways.send(
                new AcknowledgeIncident(
                        given.incidentId(),
                        known.rule(),
                        known.title(),
                        known.swarmCount() == 1 ? known.swarms().get(0) : null,
                        given.note(),
                        given.at()),
                wish.metaData());
    }
}
