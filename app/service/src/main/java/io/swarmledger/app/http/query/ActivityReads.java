package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.activity.Activity;
import io.swarmledger.query.activity.GetActivity;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How much happened when. */
@Tag(name = "stats")
@RestController
class ActivityReads {

    private final Gateways gateways;

    ActivityReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "How many events and failures there were over time, and what stands out")
    @GetMapping(path = "/api/activity", produces = MediaType.APPLICATION_JSON_VALUE)
    Activity getActivity(
            @Parameter(description = "The first time; that of the first event unless given")
                    @RequestParam(required = false)
                    Moment from,
            @Parameter(description = "The last time, itself included; that of the last event unless given")
                    @RequestParam(required = false)
                    Moment to,
            @Parameter(description = "Into how many parts the time is cut, 1,000 at most; 200 unless given")
                    @RequestParam(required = false)
                    Integer buckets,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) Long minPosition) {
        return gateways.ask(
                new GetActivity(Moment.millisOf(from), Moment.millisOf(to), buckets, swarmId),
                Activity.class,
                minPosition);
    }
}
