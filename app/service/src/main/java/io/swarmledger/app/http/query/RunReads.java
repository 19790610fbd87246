package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.NotThere;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.run.CompareRuns;
import io.swarmledger.query.run.RunComparison;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked about runs. */
@Tag(name = "runs")
@RestController
class RunReads {

    private final Gateways gateways;

    RunReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(
            summary =
                    "How two runs differ, task by task and agent by agent whenever it was that they ran, and where they"
                            + " part first")
    @GetMapping(path = "/api/runs/compare", produces = MediaType.APPLICATION_JSON_VALUE)
    RunComparison compareRuns(
            @RequestParam(required = false) String a,
            @RequestParam(required = false) String b,
            @RequestParam(required = false) Long aFrom,
            @RequestParam(required = false) Long aTo,
            @RequestParam(required = false) Long bFrom,
            @RequestParam(required = false) Long bTo,
            @RequestParam(required = false) String field,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Long minPosition) {
        CompareRuns query = new CompareRuns(a, aFrom, aTo, b, bFrom, bTo, field, limit, cursor);
        RunComparison comparison = gateways.ask(query, RunComparison.class, minPosition);
        requireEvents(comparison.a());
        requireEvents(comparison.b());
        return comparison;
    }

    private static void requireEvents(RunComparison.Side side) {
        if (side.events() == 0) {
            throw new NotThere("event of swarm " + side.swarmId());
        }
    }
}
