package io.swarmledger.app.http.page;

import io.swarmledger.app.door.NotThere;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.page.RunLanes.RunAsked;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.run.CompareRuns;
import io.swarmledger.query.run.FindMatches;
import io.swarmledger.query.run.FindSteps;
import io.swarmledger.query.run.FindSteps.Step;
import io.swarmledger.query.run.RunComparison;
import io.swarmledger.query.run.RunComparison.Divergence;
import io.swarmledger.query.run.RunMatches;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.Changes;
import io.swarmledger.query.timetravel.FindChanges;
import io.swarmledger.query.timetravel.StateOfAll;
import io.swarmledger.query.trace.GetTrace;
import io.swarmledger.query.trace.Link;
import io.swarmledger.query.trace.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Moments of a run: the event there, what everything was like then, what changed until then, and what led there. */
@Component
final class RunMoments {

    private static final int CHANGES = 50;
    private static final int LINKS = 200;
    private static final int DIFFERENCES = 100;

    private final Gateways gateways;
    private final Show show;

    RunMoments(Gateways gateways, Show show) {
        this.gateways = gateways;
        this.show = show;
    }

    /**
     * A moment.
     *
     * @param event the last one until then; {@code null} before the first
     * @param said what it says of itself
     * @param step the same where it is drawn; {@code null} if it is not
     * @param failedTask the task that failed by it; {@code null} if none did
     * @param counts how many there were then: by agents, tasks and so on, then by status
     * @param changes since the pinned position; {@code null} if none is pinned
     */
    record Moment(
            String swarmId,
            long position,
            Double at,
            RecordedEvent event,
            String said,
            String stack,
            Step step,
            String failedTask,
            Map<String, Map<String, Long>> counts,
            Long pin,
            Changes changes) {}

    /** {@code null} if the cursor is nowhere. */
    Moment at(RunAsked wish) {
        if (wish.position() == null) {
            return null;
        }
        AllThen then = gateways.ask(
                StateOfAll.at(wish.position()).withSwarmId(wish.swarmId()).withLimit(1), AllThen.class, null);
        RecordedEvent event = eventAt(wish.position());
        boolean isFailedTask = event != null && event.type().equals("task:failed");
        return new Moment(
                wish.swarmId(),
                then.position(),
                event == null ? then.at() : Double.valueOf(event.timestamp()),
                event,
                event == null ? "" : Said.of(event),
                event == null ? null : Said.stackOf(event),
                stepsAt(wish.swarmId(), List.of(wish.position())).stream()
                        .findFirst()
                        .orElse(null),
                isFailedTask ? event.aggregateId() : null,
                then.counts(),
                wish.pin(),
                wish.pin() == null || wish.pin() > wish.position() ? null : changes(wish));
    }

    private Changes changes(RunAsked wish) {
        return gateways.ask(
                new FindChanges(wish.pin(), null, wish.position(), null, wish.swarmId(), CHANGES, null),
                Changes.class,
                null);
    }

    private RecordedEvent eventAt(long position) {
        return gateways
                .page(
                        FindEvents.all().with(all -> all.afterPosition(Math.max(0, position - 1))
                                .limit(1)),
                        RecordedEvent.class,
                        null)
                .items()
                .stream()
                .filter(event -> event.position() == position)
                .findFirst()
                .orElse(null);
    }

    private List<Step> stepsAt(String swarmId, List<Long> positions) {
        return steps(FindSteps.at(swarmId, positions));
    }

    private List<Step> steps(FindSteps query) {
        return List.of(gateways.ask(query, Step[].class, null));
    }

    /** The last failures of it, the newest first. */
    List<Step> failures(String swarmId) {
        List<Step> failures = new ArrayList<>(steps(new FindSteps(swarmId, null, "failures", null, null)));
        Collections.reverse(failures);
        return failures;
    }

    /** The event that is next to a position or a time, to be drawn; nothing if there is none. */
    List<Map<String, Object>> beside(RunAsked wish, String which, Double at) {
        return steps(new FindSteps(wish.swarmId(), null, which, wish.position(), at)).stream()
                .map(this::drawn)
                .toList();
    }

    /** The last event of the task at a position, as the run beside it has it, to be drawn; nothing if it has none. */
    List<Map<String, Object>> match(RunAsked wish) {
        Step task = gateways.ask(
                        new FindMatches(wish.swarmId(), wish.beside(), wish.position()), RunMatches.class, null)
                .task();
        return task == null ? List.of() : List.of(drawn(task));
    }

    /** How it differs from the run beside it, and where they part; {@code null} if none is. */
    BesideIt beside(RunAsked wish) {
        String other = Given.orNull(wish.beside());
        if (other == null) {
            return null;
        }
        RunComparison comparison = gateways.ask(
                CompareRuns.of(wish.swarmId(), other)
                        .withField(Given.orNull(wish.field()))
                        .withLimit(DIFFERENCES)
                        .withCursor(Given.orNull(wish.cursor())),
                RunComparison.class,
                null);
        if (comparison.b().events() == 0) {
            throw new NotThere("swarm " + other);
        }
        Divergence parting = comparison.divergence();
        return new BesideIt(
                comparison,
                parting == null ? null : at(wish.swarmId(), parting.positionA()),
                parting == null ? null : at(other, parting.positionB()));
    }

    /**
     * Two runs.
     *
     * @param partingA the event up to which the first goes the same way; {@code null} if they do not part, or at once
     * @param partingB likewise
     */
    record BesideIt(RunComparison runs, Step partingA, Step partingB) {}

    private Step at(String swarmId, long position) {
        return stepsAt(swarmId, List.of(position)).stream().findFirst().orElse(null);
    }

    private Map<String, Object> drawn(Step step) {
        Map<String, Object> drawn = new LinkedHashMap<>();
        drawn.put("position", step.position());
        drawn.put("at", step.at());
        drawn.put("type", step.type());
        drawn.put("agent", step.agentId());
        drawn.put("failed", step.failed());
        drawn.put("said", show.line(step.said()));
        return drawn;
    }

    /** What led to the event at a position and what came of it, as far as it is drawn in this run. */
    Map<String, Object> chain(String swarmId, long position) {
        RecordedEvent event = eventAt(position);
        Trace trace = event == null ? null : gateways.ask(new GetTrace(event.id(), LINKS), Trace.class, null);
        Map<String, Object> chain = new LinkedHashMap<>();
        List<Map<String, Object>> links = new ArrayList<>();
        chain.put("links", links);
        chain.put("isWhole", trace == null || trace.isWhole());
        chain.put("elsewhere", 0);
        if (trace == null) {
            return chain;
        }
        Map<String, Long> positions = new HashMap<>();
        positions.put(event.id(), position);
        Stream.concat(trace.causes().stream(), trace.effects().stream())
                .map(Link::event)
                .filter(Objects::nonNull)
                .forEach(one -> positions.put(one.id(), one.position()));
        Map<Long, Step> places = new HashMap<>();
        stepsAt(swarmId, positions.values().stream().distinct().toList())
                .forEach(step -> places.put(step.position(), step));
        int elsewhere = 0;
        for (List<Link> direction : List.of(trace.causes(), trace.effects())) {
            for (Link link : direction) {
                Step to = link.event() == null ? null : places.get(link.event().position());
                Step from = places.get(positions.getOrDefault(link.of(), 0L));
                if (to == null || from == null || to.agentId() == null || from.agentId() == null) {
                    elsewhere++;
                } else {
                    boolean isCause = direction == trace.causes();
                    links.add(link(isCause ? to : from, isCause ? from : to, link));
                }
            }
        }
        chain.put("elsewhere", elsewhere);
        return chain;
    }

    private Map<String, Object> link(Step cause, Step effect, Link link) {
        Map<String, Object> drawn = new LinkedHashMap<>();
        drawn.put("from", drawn(cause));
        drawn.put("to", drawn(effect));
        drawn.put("via", link.via().name());
        return drawn;
    }
}
