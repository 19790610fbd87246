package io.swarmledger.query.incident;

import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Paging;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.failure.Failure;
import io.swarmledger.query.failure.FailureTypes;
import io.swarmledger.query.failure.NewestFailures;
import io.swarmledger.query.incident.Chains.Chain;
import io.swarmledger.query.incident.IncidentWithEvents.FailedEvent;
import io.swarmledger.query.incident.Standing.Waiting;
import io.swarmledger.query.log.AggregateAnswers;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.view.Reading;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;

/** Puts together what failed because of one cause, and finds what stands still. */
public final class IncidentQueries {

    private static final String LIST = "incidents";

    /** An agent of which nothing was heard for so long repeats nothing now, milliseconds. */
    private static final double LATELY = 3_600_000;

    /** By the time that is told of each: what is told late of before has a higher position than what came after it. */
    private static final Comparator<Incident> OPEN_FIRST = Comparator.comparing(Incident::open)
            .thenComparingDouble(IncidentQueries::lastTime)
            .thenComparingLong(IncidentQueries::lastPosition)
            .reversed()
            .thenComparing(Incident::id);

    private final Reading views;
    private final EventLog log;
    private final NewestFailures failures;
    private final AgentHealth health;
    private final Clock clock;
    private final Duration stuckAfter;
    private final RaisedAlerts alerts = new RaisedAlerts();

    /**
     * Looks by the views and the log.
     *
     * @param stuckAfter a task that is queued or blocked for so long stands still
     */
    public IncidentQueries(
            Reading views,
            EventLog log,
            NewestFailures failures,
            AgentHealth health,
            Clock clock,
            Duration stuckAfter) {
        this.views = views;
        this.log = log;
        this.failures = failures;
        this.health = health;
        this.clock = clock;
        this.stuckAfter = stuckAfter;
    }

    /** All causes that were found. */
    private record All(List<Found> found, Acknowledgements acknowledgements, long position, boolean isWhole) {}

    @QueryHandler
    Incidents handle(FindIncidents query) {
        int limit = Paging.limit(query.limit(), FindIncidents.MAX_LIMIT);
        if (query.rule() != null && !IncidentRule.LABELS.contains(query.rule())) {
            throw InvalidQuery.noneOf("rule", query.rule(), IncidentRule.LABELS);
        }
        List<Object> after = query.cursor() == null
                ? null
                : Cursor.read(LIST, query.cursor(), Boolean.class, Number.class, Number.class, String.class);
        return log.asOfNow(now -> {
            All all = look(now, query.swarmId());
            List<Incident> considered = told(all).stream()
                    .filter(one -> query.rule() == null || one.rule().equals(query.rule()))
                    .toList();
            Set<String> ofThatTime = all.found().stream()
                    .filter(one -> one.isWithin(query.after(), query.before()))
                    .map(Found::id)
                    .collect(Collectors.toSet());
            List<Incident> incidents = considered.stream()
                    .filter(one -> query.open() == null || one.open() == query.open())
                    .filter(one -> ofThatTime.contains(one.id()))
                    .toList();
            Cut<Incident> page = new Cut<>(limit);
            incidents.stream()
                    .filter(one -> after == null || isBehind(after, one))
                    .takeWhile(one -> page.fits(one.characters()))
                    .forEach(page::add);
            return new Incidents(
                    page.items(),
                    incidents.size(),
                    all.isWhole(),
                    page.next(last -> Cursor.after(LIST, last.open(), lastTime(last), lastPosition(last), last.id())),
                    all.position(),
                    considered.stream().filter(Incident::open).count(),
                    considered.stream()
                            .filter(one -> one.open() && !ofThatTime.contains(one.id()))
                            .count(),
                    all.isWhole(),
                    alerts(now, query));
        });
    }

    /** An incident's id begins with its rule. */
    private List<Alert> alerts(EventLog now, FindIncidents query) {
        return alerts.in(now).stream()
                .filter(alert -> query.swarmId() == null || query.swarmId().equals(alert.swarmId()))
                .filter(alert -> query.rule() == null || alert.incidentId().startsWith(query.rule() + ":"))
                .limit(Incidents.MOST_ALERTS)
                .toList();
    }

    @QueryHandler
    Optional<IncidentWithEvents> handle(GetIncident query) {
        return log.asOfNow(now -> look(now, null).found().stream()
                .filter(one -> one.id().equals(query.incidentId()))
                .findFirst()
                .map(one -> withEvents(now, one)));
    }

    private static long lastPosition(Incident incident) {
        return incident.last() == null ? 0 : incident.last().position();
    }

    private static double lastTime(Incident incident) {
        Double time = incident.last() == null
                ? incident.since()
                : Double.valueOf(incident.last().timestamp());
        return time == null ? 0 : time;
    }

    private static boolean isBehind(List<Object> after, Incident one) {
        boolean isOpen = (Boolean) after.get(0);
        if (isOpen != one.open()) {
            return isOpen;
        }
        int byTime = Double.compare(lastTime(one), ((Number) after.get(1)).doubleValue());
        int place = byTime != 0 ? byTime : Long.compare(lastPosition(one), ((Number) after.get(2)).longValue());
        return place < 0 || place == 0 && one.id().compareTo((String) after.get(3)) > 0;
    }

    private List<Incident> told(All all) {
        return all.found().stream()
                .map(one -> one.told(all.acknowledgements().last(one.id()), clock.millis()))
                .sorted(OPEN_FIRST)
                .toList();
    }

    private IncidentWithEvents withEvents(EventLog now, Found found) {
        List<FailedEvent> events = new ArrayList<>();
        found.chains().forEach(ended -> ended.chain()
                .links()
                .forEach(link -> events.add(FailedEvent.of(link.failure(), link.cause(), ended.outcome()))));
        events.sort(Comparator.comparingLong(FailedEvent::position).reversed());
        return new IncidentWithEvents(
                found.told(new Acknowledgements(now).last(found.id()), clock.millis()),
                events.stream().limit(IncidentWithEvents.MOST_EVENTS).toList(),
                events.size());
    }

    private All look(EventLog now, String swarmId) {
        List<Failure> failed = new ArrayList<>();
        Set<String> over = views.read(Standing::terminated);
        boolean areAll = failures.each(
                now,
                EventCriteria.ofTypes(FailureTypes.ALL).withSwarmId(swarmId),
                Long.MAX_VALUE,
                over::contains,
                failed::add);
        Collections.reverse(failed);
        double time = clock.millis();
        double silentBefore = health.silentBefore();
        Standing standing = views.read(jdbc -> Standing.in(
                jdbc,
                swarmId,
                silentBefore,
                time - LATELY,
                ids(failed.stream().map(Failure::agentId).toList()),
                ids(failed.stream().map(Failure::taskId).toList())));
        AggregateAnswers.Then answers = failures.answers().asOf(now);
        Collection<Found> ofFailures = ofFailures(Chains.of(failed, answers), new Outcomes(answers, standing));
        Acknowledgements acknowledgements = new Acknowledgements(now);
        List<Found> unmended = ofFailures.stream().filter(Found::isUnmended).toList();
        List<Found> open = unmended.stream()
                .filter(one -> !one.isKnown(acknowledgements.last(one.id())))
                .toList();
        Stillness stillness = new Stillness(now, answers, standing, time, silentBefore, time - stuckAfter.toMillis());
        List<Found> found = new ArrayList<>(stillness.besides(unmended, open));
        found.addAll(0, ofFailures);
        Set<String> explained = waitFor(found, standing);
        found.addAll(stillness.waiting(explained));
        return new All(
                found, acknowledgements, Math.min(standing.position(), now.head()), areAll && standing.isWhole());
    }

    private static Set<String> ids(List<String> ids) {
        Set<String> all = new HashSet<>(ids);
        all.removeIf(Objects::isNull);
        return all;
    }

    private static Collection<Found> ofFailures(Collection<Chain> chains, Outcomes outcomes) {
        Map<String, Found> found = new LinkedHashMap<>();
        for (Chain chain : chains) {
            Found cause = found.computeIfAbsent(Found.idOf(chain.root()), id -> Found.of(chain.root()));
            cause.add(chain, outcomes.of(chain));
        }
        found.values().forEach(IncidentQueries::hit);
        return found.values();
    }

    /** The latest hit comes first. */
    private static void hit(Found cause) {
        for (int i = cause.chains().size() - 1; i >= 0; i--) {
            cause.chains().get(i).chain().links().forEach(link -> {
                cause.hit().agent(link.failure().agentId());
                cause.hit().task(link.failure().taskId());
                cause.hit().swarm(link.failure().swarmId());
            });
        }
    }

    /** Tells each cause which tasks wait for those that it hits, and answers all of these, and those that wait in a circle. */
    private static Set<String> waitFor(List<Found> found, Standing standing) {
        Map<String, List<String>> waiting = new HashMap<>();
        for (Waiting task : standing.waiting().values()) {
            task.on().forEach(on -> waiting.computeIfAbsent(on, first -> new ArrayList<>())
                    .add(task.id()));
        }
        Set<String> explained = new HashSet<>();
        for (Found cause : found) {
            if (cause.isUnmended()) {
                Set<String> blocked = behind(cause.hit().tasks, waiting, standing);
                cause.waitFor(blocked);
                explained.addAll(blocked);
                if (cause.rule() == IncidentRule.CIRCLE) {
                    explained.addAll(cause.hit().tasks);
                }
            }
        }
        return explained;
    }

    private static Set<String> behind(Set<String> tasks, Map<String, List<String>> waiting, Standing standing) {
        Set<String> behind = new LinkedHashSet<>();
        List<String> next = tasks.stream()
                .filter(task -> !"completed".equals(standing.statusOf(task)))
                .toList();
        while (!next.isEmpty()) {
            next = next.stream()
                    .flatMap(task -> waiting.getOrDefault(task, List.of()).stream())
                    .filter(task -> !tasks.contains(task) && behind.add(task))
                    .toList();
        }
        return behind;
    }
}
