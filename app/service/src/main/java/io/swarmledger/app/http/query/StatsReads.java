package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is in the log. */
@Tag(name = "stats")
@RestController
class StatsReads {

    private final Gateways gateways;

    StatsReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "What is in the log")
    @GetMapping(path = "/api/stats", produces = MediaType.APPLICATION_JSON_VALUE)
    LedgerStats getStats(@ModelAttribute GetStats query, @RequestParam(required = false) Long minPosition) {
        return gateways.ask(query, LedgerStats.class, minPosition);
    }
}
