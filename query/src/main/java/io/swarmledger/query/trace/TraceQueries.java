package io.swarmledger.query.trace;

import io.swarmledger.query.Paging;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.trace.Inference.Cause;
import io.swarmledger.query.trace.Link.Via;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.queryhandling.QueryHandler;

/**
 * Follows causes and effects through the log: as they were recorded ({@code causationId}), and where an event names no
 * cause, by the rules of {@link Inference}. Whatever no rule explains is shown as unknown.
 */
public final class TraceQueries {

    /** So many positions behind an event its inferred effects are looked for: recorded ones are found however far. */
    private static final long NEAR = 10_000;

    private static final String NOT_IN_THE_LOG = "the cause that it names is not in the log";
    private static final String NO_RULE = "it names no cause, and no rule knows one";

    private final EventLog log;

    public TraceQueries(EventLog log) {
        this.log = log;
    }

    @QueryHandler
    Optional<Trace> handle(GetTrace query) {
        int limit = Paging.limit(query.limit(), GetTrace.MAX_LIMIT);
        return log.asOfNow(now -> {
            Inference inference = new Inference(now);
            return now.byId(query.eventId()).map(RecordedEvent::of).map(event -> {
                List<Link> causes = follow(event, limit, one -> causesOf(now, inference, one));
                List<Link> effects = follow(event, limit, one -> effectsOf(now, inference, one, limit + 1));
                return new Trace(
                        event,
                        cut(causes, limit),
                        cut(effects, limit),
                        causes.size() <= limit && effects.size() <= limit);
            });
        });
    }

    private static List<Link> cut(List<Link> links, int limit) {
        return links.size() > limit ? List.copyOf(links.subList(0, limit)) : links;
    }

    /** The nearest first; each event once, so that a circle in imported history ends. One link more than the limit. */
    private static List<Link> follow(RecordedEvent event, int limit, Function<RecordedEvent, List<Link>> next) {
        List<Link> links = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(event.id()));
        Queue<Link> ahead = new ArrayDeque<>(next.apply(event));
        while (!ahead.isEmpty() && links.size() <= limit) {
            Link link = ahead.remove();
            if (link.event() == null) {
                links.add(link);
            } else if (seen.add(link.event().id())) {
                links.add(link);
                next.apply(link.event()).stream()
                        .map(further -> new Link(
                                further.of(), link.steps() + 1, further.via(), further.rule(), further.event()))
                        .forEach(ahead::add);
            }
        }
        return links;
    }

    private static List<Link> causesOf(EventLog log, Inference inference, RecordedEvent event) {
        if (event.causationId() != null) {
            return List.of(log.byId(event.causationId())
                    .map(RecordedEvent::of)
                    .map(cause -> new Link(event.id(), 1, Via.recorded, null, cause))
                    .orElseGet(() -> new Link(event.id(), 1, Via.unknown, NOT_IN_THE_LOG, null)));
        }
        List<Link> inferred = inference.causesOf(event).stream()
                .map(cause -> inferred(event, cause.event(), cause.rule()))
                .toList();
        return inferred.isEmpty() && !Inference.BEGINNINGS.contains(event.type())
                ? List.of(new Link(event.id(), 1, Via.unknown, NO_RULE, null))
                : inferred;
    }

    private static List<Link> effectsOf(EventLog log, Inference inference, RecordedEvent event, int limit) {
        List<Link> effects = new ArrayList<>();
        log.causedBy(event.id(), Budget.ofEvents(limit)).rows().stream()
                .map(RecordedEvent::of)
                .forEach(effect -> effects.add(new Link(event.id(), 1, Via.recorded, null, effect)));
        EventCriteria naming = EventCriteria.ALL.withMentions(event.aggregateId());
        for (RecordedEvent near : near(log, event.position(), event, naming.withUncaused(true), limit)) {
            inference.causesOf(near).stream()
                    .filter(cause -> cause.event().position() == event.position())
                    .map(Cause::rule)
                    .forEach(rule -> effects.add(inferred(event, near, rule)));
        }
        if (event.type().equals("task:failed")) {
            near(log, event.position() - NEAR, event, naming.withTypes(List.of("task:blocked")), limit).stream()
                    .filter(blocked -> Inference.obstacles(blocked).contains(event.aggregateId()))
                    .filter(blocked -> isLast(log, blocked))
                    .forEach(blocked -> effects.add(inferred(event, blocked, Rule.DEPENDENCY)));
        }
        return effects;
    }

    private static List<RecordedEvent> near(
            EventLog log, long after, RecordedEvent event, EventCriteria criteria, int limit) {
        return log.read(after, event.position() + NEAR, criteria, Budget.ofEvents(limit)).rows().stream()
                .map(RecordedEvent::of)
                .toList();
    }

    private static boolean isLast(EventLog log, RecordedEvent event) {
        return log.last(event.aggregateId(), Long.MAX_VALUE)
                .filter(last -> last.position() == event.position())
                .isPresent();
    }

    private static Link inferred(RecordedEvent of, RecordedEvent event, Rule rule) {
        return new Link(of.id(), 1, Via.inferred, rule.label(), event);
    }
}
