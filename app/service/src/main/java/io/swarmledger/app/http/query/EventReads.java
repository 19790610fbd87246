package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.door.EventPage;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.log.GetEvent;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.trace.GetTrace;
import io.swarmledger.query.trace.Trace;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked about events. */
@Tag(name = "events")
@RestController
@RequestMapping(path = "/api/events", produces = MediaType.APPLICATION_JSON_VALUE)
class EventReads {

    private final Gateways gateways;

    EventReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "The events, in the order of their positions")
    @GetMapping
    Page<RecordedEvent> findEvents(
            @ModelAttribute EventFilter filter,
            @ModelAttribute EventPage page,
            @RequestParam(required = false) Long minPosition) {
        return gateways.page(filter.query(page), RecordedEvent.class, minPosition);
    }

    @Operation(summary = "One event")
    @GetMapping("/{id}")
    RecordedEvent getEvent(@PathVariable String id, @RequestParam(required = false) Long minPosition) {
        return gateways.get(new GetEvent(id), RecordedEvent.class, minPosition, "event " + id);
    }

    @AnyId
    @GetMapping(params = "id")
    RecordedEvent getEventOfAnyId(@RequestParam String id, @RequestParam(required = false) Long minPosition) {
        return getEvent(id, minPosition);
    }

    @Operation(summary = "What caused an event, back to the root, and what it led to")
    @GetMapping("/{id}/trace")
    Trace traceEvent(
            @PathVariable String id,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) Long minPosition) {
        return gateways.get(new GetTrace(id, limit), Trace.class, minPosition, "event " + id);
    }

    @AnyId
    @GetMapping("/trace")
    Trace traceEventOfAnyId(
            @RequestParam String id,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) Long minPosition) {
        return traceEvent(id, limit, minPosition);
    }
}
