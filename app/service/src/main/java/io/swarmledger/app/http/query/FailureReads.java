package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.failure.Failures;
import io.swarmledger.query.failure.FindFailures;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What failed. */
@Tag(name = "stats")
@RestController
class FailureReads {

    private final Gateways gateways;

    FailureReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "What failed, alike failures together, those that occurred last first")
    @GetMapping(path = "/api/failures", produces = MediaType.APPLICATION_JSON_VALUE)
    Failures findFailures(@ModelAttribute FindFailures query, @RequestParam(required = false) Long minPosition) {
        return gateways.ask(query, Failures.class, minPosition);
    }
}
