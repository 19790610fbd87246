package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.timetravel.Evidence;
import io.swarmledger.query.timetravel.FindEvidence;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The events behind a number. */
@Tag(name = "state")
@RestController
class EvidenceReads {

    private final Gateways gateways;

    EvidenceReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "What a number counts, and the events of each")
    @GetMapping(path = WithEvidence.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Page<Evidence> findEvidence(@ModelAttribute FindEvidence query, @RequestParam(required = false) Long minPosition) {
        return gateways.page(query, Evidence.class, minPosition);
    }
}
