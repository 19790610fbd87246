package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.events.Json;
import io.swarmledger.query.Page;
import io.swarmledger.query.activity.Activity;
import io.swarmledger.query.swarm.GetSwarm;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.usage.GetUsage;
import io.swarmledger.query.usage.Usage;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One swarm: how it stands, what is wrong in it, what it did when, and what that came to. */
@Hidden
@Controller
final class SwarmPage {

    private static final int BUCKETS = 240;
    private static final int MOST = 10;

    private final Gateways gateways;
    private final StatusCounts counts;
    private final AttentionDesk attention;
    private final SwarmGlance glance;
    private final Clock clock;

    SwarmPage(Gateways gateways, StatusCounts counts, AttentionDesk attention, SwarmGlance glance, Clock clock) {
        this.clock = clock;
        this.gateways = gateways;
        this.counts = counts;
        this.attention = attention;
        this.glance = glance;
    }

    @GetMapping("/swarm")
    String page(@RequestParam String swarmId, Model page) {
        glance.requireThere(swarmId);
        StatusCounts.OfSwarms counted = counts.of(List.of(swarmId));
        page.addAttribute("id", swarmId)
                .addAttribute("swarm", gateways.ask(new GetSwarm(swarmId), SwarmView.class, null))
                .addAttribute("agents", counted.agents(swarmId))
                .addAttribute("tasks", counted.tasks(swarmId))
                .addAttribute("last", glance.lastEvent(swarmId).orElse(null));
        return "swarm";
    }

    /** What counts much of the log: it is fetched when the rest is there to be read. */
    @GetMapping("/swarm/later")
    String later(@RequestParam String swarmId, HttpServletRequest request, Model page) {
        Activity activity =
                gateways.ask(Range.current().activity(BUCKETS, swarmId, clock.millis()), Activity.class, null);
        SwarmView swarm = gateways.ask(new GetSwarm(swarmId), SwarmView.class, null);
        page.addAttribute(AroundPages.HERE, Here.at("/swarm", request))
                .addAttribute(
                        "look",
                        swarm == null
                                ? null
                                : SwarmGlance.of(
                                        swarm.swarm(),
                                        counts.of(List.of(swarmId)).agents(swarmId),
                                        attention.ofSwarms()))
                .addAttribute("id", swarmId)
                .addAttribute("incidents", attention.ofIncidents(swarmId))
                .addAttribute("activity", Json.mapper().writeValueAsString(activity.buckets()))
                .addAttribute("byAgent", usage("agent", swarmId))
                .addAttribute("byModel", usage("model", swarmId))
                .addAttribute("byTool", usage("tool", swarmId));
        return "swarm-later";
    }

    private Page<Usage> usage(String by, String swarmId) {
        Range range = Range.current();
        GetUsage usage = GetUsage.by(by).with(of -> of.swarmId(swarmId)
                .after(range.from())
                .before(range.to())
                .limit(MOST));
        return gateways.page(usage, Usage.class, null);
    }
}
