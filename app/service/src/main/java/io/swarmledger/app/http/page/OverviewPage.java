package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.operations.AppendRate;
import io.swarmledger.app.http.operations.ProjectionStanding;
import io.swarmledger.app.http.operations.ProjectionStandings;
import io.swarmledger.app.http.page.StatusCounts.Count;
import io.swarmledger.events.Json;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.activity.Activity;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.SwarmState;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.view.Positions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Whether something is wrong, and since when. */
@Hidden
@Controller
final class OverviewPage {

    private static final int SWARMS = 12;
    private static final int BUCKETS = 240;

    /** Ages that are often looked at. */
    private static final List<String> AGES = List.of("5m", "1h", "24h");

    private final Gateways gateways;
    private final ProjectionStandings standings;
    private final Positions positions;
    private final AppendRate rate;
    private final ChainChecks checks;
    private final StatusCounts counts;
    private final AttentionDesk attention;
    private final SwarmGlance glance;
    private final FirstSteps firstSteps;
    private final Clock clock;

    OverviewPage(
            Gateways gateways,
            ProjectionStandings standings,
            Positions positions,
            AppendRate rate,
            ChainChecks checks,
            StatusCounts counts,
            AttentionDesk attention,
            SwarmGlance glance,
            FirstSteps firstSteps,
            Clock clock) {
        this.gateways = gateways;
        this.standings = standings;
        this.positions = positions;
        this.rate = rate;
        this.checks = checks;
        this.counts = counts;
        this.attention = attention;
        this.glance = glance;
        this.firstSteps = firstSteps;
        this.clock = clock;
    }

    /**
     * How the ledger itself is.
     *
     * @param slowest the view that is furthest behind
     */
    record Strip(
            long position,
            double appendsPerSecond,
            ProjectionStanding slowest,
            long deadLetters,
            ChainChecks.Last chain) {}

    /**
     * A swarm at a glance.
     *
     * @param seenAgents how many agents are in it
     * @param lastEvent when anything was last heard of it, epoch milliseconds, {@code null} if never
     */
    record Card(SwarmState swarm, long seenAgents, Look mark, Double lastEvent, List<Count> agents, List<Count> tasks) {

        long agentsIn(String status) {
            return in(status, agents);
        }

        long tasksIn(String status) {
            return in(status, tasks);
        }

        private static long in(String status, List<Count> counts) {
            return counts.stream()
                    .filter(count -> count.status().equals(status))
                    .mapToLong(Count::total)
                    .sum();
        }
    }

    @GetMapping("/")
    String page(@RequestParam(required = false) String cursor, HttpServletRequest request, Model page) {
        long head = positions.of(LedgerQuery.LOG);
        if (head == 0) {
            page.addAttribute("first", firstSteps.firstEvent(request)).addAttribute("demo", firstSteps.demo());
            return "welcome";
        }
        List<ProjectionStanding> views = standings.all();
        page.addAttribute("strip", strip(head, views))
                .addAttribute("attention", attention.ofLedger(views))
                .addAttribute("ages", AGES);
        return "overview";
    }

    /** What counts much of the log: it is fetched when the rest is there to be read. */
    @GetMapping("/overview/later")
    String later(@RequestParam(required = false) String cursor, HttpServletRequest request, Model page) {
        Page<SwarmView> swarms = gateways.page(
                FindSwarms.all().with(all -> all.limit(SWARMS).cursor(Given.orNull(cursor))), SwarmView.class, null);
        AttentionDesk.Looked looked = attention.ofSwarms();
        AttentionDesk.OfIncidents incidents = attention.ofIncidents();
        StatusCounts.OfSwarms counted =
                counts.of(swarms.items().stream().map(view -> view.swarm().id()).toList());
        List<Card> cards =
                swarms.items().stream().map(view -> card(view, counted, looked)).toList();
        page.addAttribute(AroundPages.HERE, Here.at("/", request))
                .addAttribute("swarms", swarms)
                .addAttribute("cards", cards)
                .addAttribute("attention", looked.matters())
                .addAttribute("incidents", incidents)
                .addAttribute(
                        "isCalm",
                        looked.isCalm()
                                && incidents.isCalm()
                                && attention.ofLedger(standings.all()).isEmpty())
                .addAttribute(
                        "activity", Json.mapper().writeValueAsString(activity().buckets()));
        return "overview-later";
    }

    private Strip strip(long head, List<ProjectionStanding> views) {
        return new Strip(
                head,
                rate.now(),
                views.stream()
                        .max(Comparator.comparingLong(ProjectionStanding::lag))
                        .orElseThrow(),
                views.stream().mapToLong(ProjectionStanding::deadLetters).sum(),
                checks.last());
    }

    private Activity activity() {
        return gateways.ask(Range.current().activity(BUCKETS, null, clock.millis()), Activity.class, null);
    }

    private Card card(SwarmView view, StatusCounts.OfSwarms counted, AttentionDesk.Looked looked) {
        SwarmState swarm = view.swarm();
        Double lastEvent =
                glance.lastEvent(swarm.id()).map(RecordedEvent::timestamp).orElse(swarm.lastActivityAt());
        List<Count> agents = counted.agents(swarm.id());
        return new Card(
                swarm,
                view.seenAgents(),
                SwarmGlance.of(swarm, agents, looked),
                lastEvent,
                agents,
                counted.tasks(swarm.id()));
    }
}
