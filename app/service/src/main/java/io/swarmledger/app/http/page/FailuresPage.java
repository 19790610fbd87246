package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.failure.Failure;
import io.swarmledger.query.failure.FailureTypes;
import io.swarmledger.query.failure.Failures;
import io.swarmledger.query.failure.FindAlike;
import io.swarmledger.query.failure.FindFailures;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What failed, alike failures together, one click from the causes of the last of them. */
@Hidden
@Controller
final class FailuresPage {

    private static final int LIMIT = 50;

    private final Gateways gateways;

    FailuresPage(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping("/failures")
    String page(
            @RequestParam(required = false) String type,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) String cursor,
            Model page) {
        Range range = Range.current();
        Failures failures = gateways.ask(
                new FindFailures(Given.orNull(swarmId), Given.orNull(type), range.from(), range.to(), LIMIT, cursor),
                Failures.class,
                null);
        page.addAttribute("failures", failures)
                .addAttribute("types", FailureTypes.ALL)
                .addAttribute("type", type)
                .addAttribute("swarmId", swarmId);
        return "failures";
    }

    /** Each of those that are one row there, with whom it hit. */
    @GetMapping("/failures/alike")
    String alike(
            @RequestParam String type,
            @RequestParam String message,
            @RequestParam(required = false) String tool,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) String cursor,
            Model page) {
        Range range = Range.current();
        FindAlike query = new FindAlike(
                type,
                message,
                Given.orNull(tool),
                Given.orNull(swarmId),
                range.from(),
                range.to(),
                LIMIT,
                Given.orNull(cursor));
        page.addAttribute("query", query).addAttribute("alike", gateways.page(query, Failure.class, null));
        return "alike";
    }
}
