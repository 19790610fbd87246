package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.door.NotThere;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.page.RunLanes.RunAsked;
import io.swarmledger.query.Page;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.SwarmState;
import io.swarmledger.query.swarm.SwarmView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** A run: who worked at what and when, what was called, what failed and why, and what everything was like at any moment of it. */
@Hidden
@Controller
final class RunPage {

    private static final int SWARMS = 50;

    private final Gateways gateways;
    private final RunLanes lanes;
    private final RunMoments moments;
    private final StatusCounts counts;
    private final AttentionDesk attention;
    private final SwarmGlance glance;

    RunPage(
            Gateways gateways,
            StatusCounts counts,
            AttentionDesk attention,
            SwarmGlance glance,
            RunLanes lanes,
            RunMoments moments) {
        this.gateways = gateways;
        this.counts = counts;
        this.attention = attention;
        this.glance = glance;
        this.lanes = lanes;
        this.moments = moments;
    }

    @GetMapping("/run")
    String page(@ModelAttribute("wish") RunAsked wish, Model page) {
        if (Given.orNull(wish.swarmId()) == null) {
            return list(wish, page);
        }
        String other = Given.orNull(wish.beside());
        wish.check();
        glance.requireThere(wish.swarmId());
        if (other != null) {
            glance.requireThere(other);
        }
        page.addAttribute("other", other)
                .addAttribute("tasks", counts.of(List.of(wish.swarmId())).tasks(wish.swarmId()));
        return "run";
    }

    /**
     * A swarm whose run can be looked at.
     *
     * @param lastEvent {@code null} if nothing but its own beginning is known
     */
    record Listed(SwarmState swarm, Look look, Double lastEvent) {}

    private String list(RunAsked wish, Model page) {
        Page<SwarmView> swarms = gateways.page(
                FindSwarms.all().withLimit(SWARMS).withCursor(Given.orNull(wish.cursor())), SwarmView.class, null);
        StatusCounts.OfSwarms counted =
                counts.of(swarms.items().stream().map(view -> view.swarm().id()).toList());
        AttentionDesk.Looked looked = attention.ofSwarms();
        page.addAttribute("swarms", swarms.map(view -> {
            SwarmState swarm = view.swarm();
            return new Listed(
                    swarm,
                    SwarmGlance.of(swarm, counted.agents(swarm.id()), looked),
                    glance.lastEvent(swarm.id()).map(RecordedEvent::timestamp).orElse(null));
        }));
        return "runs";
    }

    /** What is read of all its events: it is fetched when the rest is there. */
    @GetMapping("/run/later")
    String later(@ModelAttribute("wish") RunAsked wish, HttpServletRequest request, Model page) {
        page.addAttribute(AroundPages.HERE, Here.at("/run", request))
                .addAttribute("run", lanes.shown(wish))
                .addAttribute("failures", moments.failures(wish.swarmId()))
                .addAttribute("beside", moments.beside(wish));
        return "run-later";
    }

    /** What is to be drawn of some lanes and some of the time. */
    @ResponseBody
    @GetMapping(path = "/run/lanes", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> lanes(
            @ModelAttribute RunAsked wish,
            @RequestParam(required = false) Double after,
            @RequestParam(required = false) Double before,
            @RequestParam(defaultValue = "400") int bins) {
        return lanes.drawn(wish, after, before, bins);
    }

    /** What it was like at a moment of it, beneath the lanes. */
    @GetMapping("/run/moment")
    String moment(@ModelAttribute("wish") RunAsked wish, Model page) {
        page.addAttribute("moment", moments.at(wish));
        return "run-moment :: moment";
    }

    /** The event that is next to a moment, as it is drawn; nothing if there is none. */
    @ResponseBody
    @GetMapping(path = "/run/step", produces = MediaType.APPLICATION_JSON_VALUE)
    List<Map<String, Object>> step(
            @ModelAttribute RunAsked wish, @RequestParam String which, @RequestParam(required = false) Double at) {
        return moments.beside(wish, which, at);
    }

    /** The task of the event at a position, as the run beside it has it. */
    @ResponseBody
    @GetMapping(path = "/run/match", produces = MediaType.APPLICATION_JSON_VALUE)
    List<Map<String, Object>> match(@ModelAttribute RunAsked wish) {
        return moments.match(wish);
    }

    /** What caused the event at a position and what it led to, where these are drawn. */
    @ResponseBody
    @GetMapping(path = "/run/chain", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> chain(@ModelAttribute RunAsked wish) {
        if (wish.position() == null) {
            throw new NotThere("event without a position");
        }
        return moments.chain(wish.swarmId(), wish.position());
    }
}
