package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.usage.GetUsage;
import io.swarmledger.query.usage.Usage;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What agents called, and what it took. */
@Tag(name = "stats")
@RestController
class UsageReads {

    private final Gateways gateways;

    UsageReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(
            summary = "Calls of tools and models: how many, how many failed, tokens, cost, durations; most calls first")
    @GetMapping(path = "/api/usage", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<Usage> getUsage(
            @Parameter(schema = @Schema(allowableValues = {"agent", "task", "model", "tool", "swarm"}))
                    @RequestParam(required = false)
                    String by,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) String agentId,
            @RequestParam(required = false) Moment after,
            @RequestParam(required = false) Moment before,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Long minPosition) {
        return gateways.page(
                new GetUsage(by, swarmId, agentId, Moment.millisOf(after), Moment.millisOf(before), limit, cursor),
                Usage.class,
                minPosition);
    }
}
