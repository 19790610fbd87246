package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.incident.FindIncidents;
import io.swarmledger.query.incident.GetIncident;
import io.swarmledger.query.incident.IncidentWithEvents;
import io.swarmledger.query.incident.Incidents;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is wrong, cause by cause. */
@Tag(name = "incidents")
@RestController
@RequestMapping(path = "/api/incidents", produces = MediaType.APPLICATION_JSON_VALUE)
class IncidentReads {

    private final Gateways gateways;

    IncidentReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "What failed or stands still, a cause each, those that are open first")
    @GetMapping
    Incidents findIncidents(
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) String rule,
            @RequestParam(required = false) Boolean open,
            @RequestParam(required = false) Moment after,
            @RequestParam(required = false) Moment before,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Long minPosition) {
        return gateways.ask(
                new FindIncidents(swarmId, rule, open, Moment.millisOf(after), Moment.millisOf(before), limit, cursor),
                Incidents.class,
                minPosition);
    }

    @Operation(summary = "One incident, and the events that it was made of")
    @GetMapping("/{id}")
    IncidentWithEvents getIncident(@PathVariable String id, @RequestParam(required = false) Long minPosition) {
        return gateways.get(new GetIncident(id), IncidentWithEvents.class, minPosition, "incident " + id);
    }
}
