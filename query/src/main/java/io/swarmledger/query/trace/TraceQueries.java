package io.swarmledger.query.trace;

import io.swarmledger.query.Cut;
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
    public Optional<Trace> handle(GetTrace query) {
        int limit = Paging.limit(query.limit(), GetTrace.MAX_LIMIT);
        return log.asOfNow(now -> {
            Inference inference = new Inference(now);
            return now.byId(query.eventId()).map(RecordedEvent::of).map(event -> {
                Following causes = new Following(limit);
                causes.from(event, one -> causesOf(now, inference, one));
                Following effects = new Following(limit);
                effects.from(event, one -> effectsOf(now, inference, one, effects));
                return new Trace(
                        event, causes.links.items(), effects.links.items(), causes.isWhole() && effects.isWhole());
            });
        });
    }

    /** Links one way, the nearest first; each event once, so that a circle in imported history ends. */
    private static final class Following {

        private final int limit;
        private final Cut<Link> links;
        private final Queue<Link> ahead = new ArrayDeque<>();
        /** Counts what is ahead by its bytes alone. */
        private final Cut<Link> held = new Cut<>(Integer.MAX_VALUE);

        private boolean isCutShort;

        Following(int limit) {
            this.limit = limit;
            this.links = new Cut<>(limit);
        }

        void from(RecordedEvent event, Function<RecordedEvent, List<Link>> next) {
            Set<String> seen = new HashSet<>(Set.of(event.id()));
            next.apply(event).forEach(this::goFurther);
            while (!ahead.isEmpty()) {
                Link link = ahead.remove();
                if (link.event() != null && !seen.add(link.event().id())) {
                    continue;
                }
                if (!links.fits(0)) {
                    return;
                }
                links.add(link);
                if (link.event() != null) {
                    next.apply(link.event()).stream()
                            .map(further -> new Link(
                                    further.of(), link.steps() + 1, further.via(), further.rule(), further.event()))
                            .forEach(this::goFurther);
                }
            }
        }

        private void goFurther(Link link) {
            if (held.fits(link.event() == null ? 0 : lengthOf(link.event()))) {
                ahead.add(link);
            } else {
                isCutShort = true;
            }
        }

        private static long lengthOf(RecordedEvent event) {
            return event.payload().text().length() + event.metadata().text().length();
        }

        /** Of what may be effects, few may be: a small limit is no reason to look at less. */
        Budget budget() {
            return Budget.ofPage(Math.max(limit, Paging.DEFAULT_LIMIT));
        }

        List<RecordedEvent> events(EventLog.Part part) {
            isCutShort |= !part.isAll();
            return part.rows().stream().map(RecordedEvent::of).toList();
        }

        boolean isWhole() {
            return !isCutShort && !links.isMore();
        }
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

    private static List<Link> effectsOf(EventLog log, Inference inference, RecordedEvent event, Following following) {
        List<Link> effects = new ArrayList<>();
        following
                .events(log.causedBy(event.id(), following.budget()))
                .forEach(effect -> effects.add(new Link(event.id(), 1, Via.recorded, null, effect)));
        EventCriteria naming = EventCriteria.ALL.withMentions(event.aggregateId());
        for (RecordedEvent near : near(log, event.position(), event, naming.withUncaused(true), following)) {
            inference.causesOf(near).stream()
                    .filter(cause -> cause.event().position() == event.position())
                    .map(Cause::rule)
                    .forEach(rule -> effects.add(inferred(event, near, rule)));
        }
        if (event.type().equals("task:failed")) {
            near(log, event.position() - NEAR, event, naming.withTypes(List.of("task:blocked")), following).stream()
                    .filter(blocked -> Inference.obstacles(blocked).contains(event.aggregateId()))
                    .filter(blocked -> isLast(log, blocked))
                    .forEach(blocked -> effects.add(inferred(event, blocked, Rule.DEPENDENCY)));
        }
        return effects;
    }

    private static List<RecordedEvent> near(
            EventLog log, long after, RecordedEvent event, EventCriteria criteria, Following following) {
        return following.events(log.read(after, event.position() + NEAR, criteria, following.budget()));
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
