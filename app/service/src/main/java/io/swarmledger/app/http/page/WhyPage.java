package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.door.NotThere;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.timetravel.GetWhy;
import io.swarmledger.query.timetravel.Why;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** From a value, at whatever moment, to the trace of the event that made it so. */
@Hidden
@Controller
final class WhyPage {

    private final Gateways gateways;
    private final Show show;

    WhyPage(Gateways gateways, Show show) {
        this.gateways = gateways;
        this.show = show;
    }

    @GetMapping("/why")
    String page(@RequestParam String id, @RequestParam String field, @RequestParam(required = false) Long position) {
        Why why = gateways.get(new GetWhy(id, field, position, null), Why.class, null, "aggregate " + id);
        if (why.event() == null) {
            throw new NotThere("event of " + id + " that says what its " + field
                    + " is: it never was anything, or others' events are summed in it");
        }
        return "redirect:" + show.trace(why.event().id());
    }
}
