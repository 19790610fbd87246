package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.incident.FindIncidents;
import io.swarmledger.query.incident.GetIncident;
import io.swarmledger.query.incident.IncidentRule;
import io.swarmledger.query.incident.IncidentWithEvents;
import io.swarmledger.query.incident.IncidentWithEvents.FailedEvent;
import io.swarmledger.query.incident.Incidents;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is wrong, a cause each, and one of them closely: whom it hits, what it is made of, that somebody knows. */
@Hidden
@Controller
final class IncidentsPage {

    private static final int LIMIT = 50;
    private static final int EVENTS = 100;
    private static final String OPEN = "open";
    private static final String OVER = "over";
    private static final List<String> WHICH = List.of(OPEN, OVER);

    private final Gateways gateways;
    private final AttentionDesk attention;

    IncidentsPage(Gateways gateways, AttentionDesk attention) {
        this.gateways = gateways;
        this.attention = attention;
    }

    @GetMapping("/incidents")
    String page(
            @RequestParam(required = false) String show,
            @RequestParam(required = false) String rule,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) String id,
            @RequestParam(required = false) String cursor,
            Model page) {
        String which = Given.oneOf(WHICH, "show", show);
        Range range = Range.current();
        Incidents incidents = gateways.ask(
                new FindIncidents(
                        Given.orNull(swarmId),
                        Given.orNull(rule),
                        which == null ? null : Boolean.valueOf(which.equals(OPEN)),
                        range.from(),
                        range.to(),
                        LIMIT,
                        Given.orNull(cursor)),
                Incidents.class,
                null);
        IncidentWithEvents opened = opened(Given.orNull(id));
        page.addAttribute("incidents", incidents)
                .addAttribute(
                        "raised",
                        incidents.alerts().stream()
                                .filter(alert -> opened != null
                                        && alert.incidentId()
                                                .equals(opened.incident().id()))
                                .toList())
                .addAttribute("desk", attention)
                .addAttribute("rules", IncidentRule.LABELS)
                .addAttribute("whichs", WHICH)
                .addAttribute("which", which)
                .addAttribute("rule", rule)
                .addAttribute("swarmId", swarmId)
                .addAttribute("most", EVENTS)
                .addAttribute("opened", opened)
                .addAttribute("before", opened == null ? 0 : before(opened))
                .addAttribute("failedTask", opened == null ? null : failedTask(opened));
        return "incidents";
    }

    private IncidentWithEvents opened(String id) {
        return id == null ? null : gateways.get(new GetIncident(id), IncidentWithEvents.class, null, "incident " + id);
    }

    /** The task that failed last of it; {@code null} if none did. */
    private static String failedTask(IncidentWithEvents opened) {
        return opened.events().stream()
                .filter(event -> event.type().equals("task:failed"))
                .map(FailedEvent::aggregateId)
                .findFirst()
                .orElse(null);
    }

    /** The position before the last chain began, or before the last that was heard. */
    private static long before(IncidentWithEvents opened) {
        return opened.events().stream()
                .filter(event -> event.cause() == null)
                .findFirst()
                .map(event -> event.position() - 1)
                .orElseGet(() -> opened.incident().last() == null
                        ? 0
                        : opened.incident().last().position() - 1);
    }
}
