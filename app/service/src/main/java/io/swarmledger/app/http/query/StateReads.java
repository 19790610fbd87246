package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.Changes;
import io.swarmledger.query.timetravel.FindChanges;
import io.swarmledger.query.timetravel.StateOfAll;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What everything was like at any moment, and what changed from one to another. */
@Tag(name = "state")
@RestController
@RequestMapping(path = "/api/state", produces = MediaType.APPLICATION_JSON_VALUE)
class StateReads {

    private final Gateways gateways;

    StateReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "The whole swarm then, or now")
    @GetMapping
    AllThen getStateOfAll(
            @RequestParam(required = false) Long position,
            @RequestParam(required = false) Moment at,
            @RequestParam(required = false) String swarmId,
            @RequestParam(defaultValue = "false") boolean includeDeleted,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Long minPosition) {
        return gateways.ask(
                new StateOfAll(position, Moment.millisOf(at), swarmId, includeDeleted, limit, cursor),
                AllThen.class,
                minPosition);
    }

    @Operation(summary = "What changed between two moments")
    @GetMapping("/diff")
    Changes getChanges(
            @RequestParam(required = false) Long from,
            @RequestParam(required = false) Moment fromAt,
            @RequestParam(required = false) Long to,
            @RequestParam(required = false) Moment toAt,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Long minPosition) {
        return gateways.ask(
                new FindChanges(from, Moment.millisOf(fromAt), to, Moment.millisOf(toAt), swarmId, limit, cursor),
                Changes.class,
                minPosition);
    }
}
