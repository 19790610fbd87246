package io.swarmledger.app.http.page;

import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.operations.ProjectionStanding;
import io.swarmledger.app.http.operations.Trouble;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.attention.Attention;
import io.swarmledger.query.attention.Attention.OfSwarm;
import io.swarmledger.query.attention.GetAttention;
import io.swarmledger.query.incident.Alert;
import io.swarmledger.query.incident.FindIncidents;
import io.swarmledger.query.incident.Incident;
import io.swarmledger.query.incident.IncidentRule;
import io.swarmledger.query.incident.Incidents;
import io.swarmledger.query.view.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What somebody should look at, the worst first; each leads to where one acts. */
@Component
final class AttentionDesk {

    private static final Logger LOG = LoggerFactory.getLogger(AttentionDesk.class);

    private static final int INCIDENTS = 12;
    private static final int TITLE = 110;
    private static final int TOOL = 40;

    /** Matters of swarms that are listed. */
    private static final int MOST = 300;

    private final Gateways gateways;
    private final Positions positions;
    private final ChainChecks checks;
    private final Trouble trouble;
    private final Show show;

    AttentionDesk(Gateways gateways, Positions positions, ChainChecks checks, Trouble trouble, Show show) {
        this.trouble = trouble;
        this.gateways = gateways;
        this.positions = positions;
        this.checks = checks;
        this.show = show;
    }

    /**
     * One thing to look at.
     *
     * @param what in a few words
     * @param detail more of it, or {@code null}
     * @param since epoch milliseconds, {@code null} if nobody knows
     * @param action what one finds at {@code href}
     */
    record Matter(Look mark, String what, String detail, Double since, String href, String action) {}

    /** About the ledger itself. */
    List<Matter> ofLedger(List<ProjectionStanding> views) {
        List<Matter> matters = new ArrayList<>();
        trouble.reason()
                .map(reason -> new Matter(
                        Look.of("down"), "Nothing can be recorded", reason, null, "/operations", "Operations"))
                .ifPresent(matters::add);
        ChainChecks.Last chain = checks.last();
        if (chain.verdict() != null && !chain.verdict().ok()) {
            matters.add(new Matter(
                    Look.of("damaged"),
                    "The log is not as it was written",
                    chain.verdict().problems().get(0),
                    chain.at().doubleValue(),
                    "/operations",
                    "Operations"));
        }
        views.stream()
                .filter(view -> !view.health().equals("ok"))
                .map(view -> new Matter(
                        Look.of(view.health()),
                        "View " + view.name() + " is " + view.health(),
                        view.error() == null ? view.reason() : view.error(),
                        null,
                        view.deadLetters() > 0 ? "/operations?letters=" + view.name() + "#dead-letters" : "/operations",
                        view.deadLetters() > 0 ? "Retry or discard" : "Operations"))
                .forEach(matters::add);
        return matters;
    }

    /**
     * The causes of trouble.
     *
     * @param matters those that are open, with what says how many are not listed
     * @param raised what rules of alerts say
     * @param closed how many are not open, of those that were considered
     * @param isCalm whether everything was looked at, and none is open
     */
    record OfIncidents(List<Matter> matters, List<Matter> raised, long closed, boolean isCalm) {}

    /** What failed or stands still, cause by cause. What cannot be looked at now is itself a matter. */
    OfIncidents ofIncidents() {
        return ofIncidents(null);
    }

    /** The same of one swarm. */
    OfIncidents ofIncidents(String swarmId) {
        try {
            Incidents incidents = gateways.ask(
                    FindIncidents.all().withSwarmId(swarmId).withLimit(INCIDENTS),
                    Incidents.class,
                    positions.of(LedgerQuery.LOG));
            List<Matter> matters = incidents.items().stream()
                    .filter(Incident::open)
                    .map(incident -> incident(incident, incidents.alerts()))
                    .collect(Collectors.toCollection(ArrayList::new));
            if (incidents.open() > matters.size()) {
                matters.add(notListed(
                        "And " + show.number(incidents.open() - matters.size()) + " more "
                                + (incidents.open() - matters.size() == 1 ? "incident is open" : "incidents are open"),
                        null));
            }
            if (!incidents.isWhole()) {
                matters.add(notListed(
                        "Not everything was considered",
                        "There are older failures, or more that stands still, than are looked at"));
            }
            return new OfIncidents(
                    matters,
                    raised(incidents),
                    incidents.total() - incidents.open(),
                    matters.isEmpty() && incidents.alerts().isEmpty());
        } catch (RuntimeException failure) {
            LOG.debug("Nobody looked for incidents", failure);
            return new OfIncidents(List.of(notLookedAt("What failed or stands still", failure)), List.of(), 0, false);
        }
    }

    private List<Matter> raised(Incidents incidents) {
        Set<String> listed = incidents.items().stream()
                .filter(Incident::open)
                .map(Incident::id)
                .collect(Collectors.toSet());
        List<Matter> raised = incidents.alerts().stream()
                .filter(alert -> !listed.contains(alert.incidentId()))
                .limit(INCIDENTS)
                .map(this::raised)
                .collect(Collectors.toCollection(ArrayList::new));
        long more = incidents.alerts().stream()
                        .filter(alert -> !listed.contains(alert.incidentId()))
                        .count()
                - raised.size();
        if (more > 0) {
            raised.add(new Matter(
                    Look.of("degraded"),
                    "And " + show.number(more) + " more are raised",
                    null,
                    null,
                    "/operations#alerts",
                    "Rules"));
        }
        return raised;
    }

    /** An incident's id begins with its rule; whatever else an alert is about has no page of its own. */
    private Matter raised(Alert alert) {
        String kind =
                alert.incidentId().substring(0, Math.max(0, alert.incidentId().indexOf(':')));
        boolean isIncident = IncidentRule.LABELS.contains(kind);
        return new Matter(
                Look.of("raised"),
                show.line(alert.title(), TITLE),
                "raised by " + show.line(alert.rule(), TOOL)
                        + (isIncident || alert.note() == null ? "" : ": " + alert.note()),
                alert.at(),
                isIncident ? address("/incidents", "id", alert.incidentId(), null, null) : "/operations#alerts",
                isIncident ? "Look into it" : "Rules");
    }

    private static Matter notListed(String what, String detail) {
        return new Matter(Look.of("degraded"), what, detail, null, "/incidents", "All incidents");
    }

    private Matter incident(Incident incident, List<Alert> alerts) {
        String rules = alerts.stream()
                .filter(alert -> alert.incidentId().equals(incident.id()))
                .map(alert -> show.line(alert.rule(), TOOL))
                .collect(Collectors.joining(", "));
        return new Matter(
                Look.of(incident.status()),
                (incident.count() > 1 ? show.number(incident.count()) + " × " : "") + headline(incident),
                rules.isEmpty() ? radius(incident) : radius(incident) + " · raised by " + rules,
                incident.last() == null
                        ? incident.since()
                        : Double.valueOf(incident.last().timestamp()),
                address("/incidents", "id", incident.id(), null, null),
                "Look into it");
    }

    /** What is wrong, in a line: of failures what their messages have in common. */
    public String headline(Incident incident) {
        if (incident.cause() == null) {
            return show.line(incident.title(), TITLE);
        }
        return (incident.tool() == null ? "" : show.line(incident.tool(), TOOL) + ": ")
                + show.line(incident.cause(), TITLE);
    }

    /** Whom it hits, in words. */
    public String radius(Incident incident) {
        return Stream.of(
                        // What it holds up is not to be where a line is cut.
                        incident.blockedCount() == 0
                                ? null
                                : show.number(incident.blockedCount()) + " blocked by it now",
                        some(incident.agentCount(), "agent", incident.agents()),
                        some(incident.taskCount(), "task", incident.tasks()),
                        some(incident.swarmCount(), "swarm", incident.swarms()))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" · "));
    }

    private String some(long count, String thing, List<String> ids) {
        if (count == 0) {
            return null;
        }
        return count == 1 ? thing + " " + show.id(ids.get(0)) : show.number(count) + " " + thing + "s";
    }

    /**
     * What there is to look at in swarms.
     *
     * @param silent the ids of swarms of which nothing is heard
     * @param isCalm whether everything was looked at, and there is nothing
     */
    record Looked(List<Matter> matters, Set<String> silent, boolean isCalm) {}

    /** About all swarms, and what is in none that was initialized. What cannot be looked at now is itself a matter. */
    Looked ofSwarms() {
        try {
            Attention attention = gateways.ask(new GetAttention(), Attention.class, positions.of(LedgerQuery.LOG));
            List<Matter> matters =
                    attention.swarms().stream().flatMap(this::ofSwarm).toList();
            Set<String> silent = attention.swarms().stream()
                    .filter(OfSwarm::isSilent)
                    .map(OfSwarm::swarmId)
                    .collect(Collectors.toSet());
            return new Looked(cut(matters), silent, matters.isEmpty());
        } catch (RuntimeException failure) {
            LOG.debug("Nobody looked after the swarms", failure);
            return new Looked(List.of(notLookedAt("Agents and tasks", failure)), Set.of(), false);
        }
    }

    private static Matter notLookedAt(String what, RuntimeException failure) {
        return new Matter(
                Look.of("degraded"),
                what + " could not all be looked at",
                failure.getMessage(),
                null,
                "/operations",
                "Operations");
    }

    private List<Matter> cut(List<Matter> matters) {
        if (matters.size() <= MOST) {
            return matters;
        }
        List<Matter> shown = new ArrayList<>(matters.subList(0, MOST));
        shown.add(new Matter(
                Look.of("degraded"),
                "And " + show.number(matters.size() - MOST) + " more, which are not listed here",
                "Those of the swarms with the most are",
                null,
                "/agents?health=failing",
                "Failing agents"));
        return shown;
    }

    private Stream<Matter> ofSwarm(OfSwarm swarm) {
        return Stream.of(
                        swarm.isSilent() ? silent(swarm) : null,
                        matter(
                                "failing",
                                swarm.failing(),
                                "agent",
                                "in error or failing",
                                swarm,
                                "/agents",
                                "health",
                                "failing"),
                        matter("silent", swarm.silent(), "agent", "silent", swarm, "/agents", "health", "silent"),
                        matter("blocked", swarm.blocked(), "task", "blocked", swarm, "/tasks", "status", "blocked"),
                        matter("failed", swarm.failed(), "task", "failed", swarm, "/tasks", "status", "failed"),
                        matter(
                                "silent",
                                swarm.stuck(),
                                "task",
                                "in progress, and the agent is not known to be at it,",
                                swarm,
                                "/tasks",
                                "stuck",
                                "true"))
                .filter(Objects::nonNull);
    }

    private Matter silent(OfSwarm swarm) {
        return new Matter(
                Look.of("silent"),
                "Swarm " + show.id(swarm.swarmId()) + " is silent",
                "Nothing was heard of it, and nobody said that it has ended",
                swarm.lastHeardAt(),
                address("/events", "swarmId", swarm.swarmId(), "order", "desc"),
                "Its last events");
    }

    private Matter matter(
            String mark, long count, String thing, String how, OfSwarm swarm, String path, String field, String value) {
        if (count == 0) {
            return null;
        }
        return new Matter(
                Look.of(mark),
                show.number(count) + " " + thing + (count == 1 ? " is " : "s are ") + how + " in swarm "
                        + show.id(swarm.swarmId()),
                swarm.status() == null ? "It was never initialized" : null,
                null,
                address(path, field, value, "swarmId", swarm.swarmId()),
                "The " + thing + (count == 1 ? "" : "s"));
    }

    static String address(String path, String name, String value, String other, String otherValue) {
        return Address.of(path).with(name, value).with(other, otherValue).orNothing();
    }
}
