package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.timetravel.Evidence;
import io.swarmledger.query.timetravel.FindEvidence;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a number counts, and the events that say so. */
@Hidden
@Controller
final class EvidencePage {

    private static final int LIMIT = 50;

    private final Gateways gateways;

    EvidencePage(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping("/evidence")
    String page(
            @RequestParam String type,
            @RequestParam String field,
            @RequestParam(required = false) String status,
            @RequestParam(required = false) String namespace,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) Long position,
            @RequestParam(required = false) String cursor,
            Model page) {
        FindEvidence query = new FindEvidence(
                type,
                field,
                Given.orNull(status),
                Given.orNull(namespace),
                Given.orNull(swarmId),
                position,
                LIMIT,
                Given.orNull(cursor));
        page.addAttribute("query", query).addAttribute("evidence", gateways.page(query, Evidence.class, null));
        return "evidence";
    }
}
