package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.swarm.GetSwarm;
import io.swarmledger.query.swarm.SwarmView;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A swarm, such as a session of Claude Code, read as what happened: who did what, one line after the other. */
@Hidden
@Controller
final class StoryPage {

    private static final int LINES = 200;
    private static final int AGENTS = 50;
    private static final long CHARACTERS = 4_000;

    private final Gateways gateways;
    private final SwarmGlance glance;

    StoryPage(Gateways gateways, SwarmGlance glance) {
        this.gateways = gateways;
        this.glance = glance;
    }

    /**
     * A line of the story.
     *
     * @param who did it, or what it happened to
     * @param happened in words
     * @param failed whether something went wrong
     */
    record Line(RecordedEvent event, String who, Sentence happened, boolean failed) {}

    @GetMapping("/story")
    String page(
            @RequestParam String swarmId,
            @RequestParam(defaultValue = "false") boolean newestFirst,
            @RequestParam(required = false) String cursor,
            Model page) {
        glance.requireThere(swarmId);
        Range range = Range.current();
        Page<RecordedEvent> events = gateways.page(
                FindEvents.all().with(all -> all.swarmId(swarmId)
                        .after(range.from())
                        .before(range.to())
                        .descending(newestFirst)
                        .limit(LINES)
                        .payloadCharacters(CHARACTERS)
                        .cursor(Given.orNull(cursor))),
                RecordedEvent.class,
                null);
        List<Line> lines = events.items().stream().map(StoryPage::line).toList();
        page.addAttribute("swarmId", swarmId)
                .addAttribute("newestFirst", newestFirst)
                .addAttribute("swarm", gateways.ask(new GetSwarm(swarmId), SwarmView.class, null))
                .addAttribute(
                        "agents",
                        gateways.page(
                                FindAgents.all().with(of -> of.swarmId(swarmId).limit(AGENTS)), AgentView.class, null))
                .addAttribute("events", events)
                .addAttribute("lines", lines);
        return "story";
    }

    private static Line line(RecordedEvent event) {
        Sentence happened = Sentence.of(event);
        return new Line(event, event.aggregateId(), happened, happened.failed());
    }
}
