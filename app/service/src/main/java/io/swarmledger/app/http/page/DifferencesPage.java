package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.suspect.Attempt;
import io.swarmledger.query.suspect.Attribute;
import io.swarmledger.query.suspect.Differences;
import io.swarmledger.query.suspect.FindAttempts;
import io.swarmledger.query.suspect.FindDifferences;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What differs about failures, each count one click from what it counts. */
@Hidden
@Controller
final class DifferencesPage {

    private static final int SHOWN = 12;
    private static final int LIMIT = 100;

    private final Gateways gateways;

    DifferencesPage(Gateways gateways) {
        this.gateways = gateways;
    }

    /** A part of the failures' page that is fetched when the rest is there. */
    @GetMapping("/failures/differences")
    String differences(@RequestParam(required = false) String swarmId, Model page) {
        Range range = Range.current();
        FindDifferences query = FindDifferences.all().with(all -> all.swarmId(Given.orNull(swarmId))
                .after(range.from())
                .before(range.to())
                .limit(SHOWN));
        page.addAttribute("found", gateways.ask(query, Differences.class, null)).addAttribute("most", SHOWN);
        return "differences";
    }

    @GetMapping("/attempts")
    String attempts(
            @RequestParam(required = false) String outcome,
            @RequestParam(required = false) String attribute,
            @RequestParam(required = false) String value,
            @RequestParam(required = false) Boolean others,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) Long position,
            @RequestParam(required = false) String cursor,
            Model page) {
        Range range = Range.current();
        FindAttempts query = FindAttempts.all().with(all -> all.outcome(Given.orNull(outcome))
                .attribute(Given.orNull(attribute))
                .value(Given.orNull(value))
                .others(others)
                .swarmId(Given.orNull(swarmId))
                .after(range.from())
                .before(range.to())
                .position(position)
                .limit(LIMIT)
                .cursor(Given.orNull(cursor)));
        page.addAttribute("query", query)
                .addAttribute("labels", Attribute.LABELS)
                .addAttribute("attempts", gateways.page(query, Attempt.class, null));
        return "attempts";
    }
}
