package io.swarmledger.query.failure;

import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.failure.Failures.FailureGroup;
import io.swarmledger.query.failure.Failures.Occurrence;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.queryhandling.QueryHandler;

/** Puts failures together that are alike. */
public final class FailureQueries {

    private static final String LIST = "failures";
    private static final String ALIKE = "alike";
    private static final int LISTED = 20;

    private final NewestFailures failures;
    private final EventLog log;

    public FailureQueries(EventLog log, NewestFailures failures) {
        this.log = log;
        this.failures = failures;
    }

    /** Where a page ended: behind the group that occurred last there, of the failures up to the other position. */
    private record Place(long last, long upTo) {

        static Place of(String cursor) {
            List<Object> key = Cursor.read(LIST, cursor, Number.class, Number.class);
            return new Place(((Number) key.get(0)).longValue(), ((Number) key.get(1)).longValue());
        }
    }

    @QueryHandler
    Failures handle(FindFailures query) {
        int limit = Paging.limit(query.limit(), FindFailures.MAX_LIMIT);
        if (query.type() != null) {
            requireFailure(query.type());
        }
        Place place = query.cursor() == null ? new Place(Long.MAX_VALUE, Long.MAX_VALUE) : Place.of(query.cursor());
        return log.asOfNow(now -> {
            Considered considered =
                    new Considered(new AgentCalls(failures.answers().asOf(now)));
            List<String> types = query.type() == null ? FailureTypes.ALL : List.of(query.type());
            EventCriteria asked = EventCriteria.ofTypes(types)
                    .with(of -> of.swarmId(query.swarmId()).after(query.after()).before(query.before()));
            considered.isWhole = failures.each(now, asked, place.upTo(), swarm -> false, considered::add);
            Cut<FailureGroup> page = new Cut<>(limit);
            considered.groups.values().stream()
                    .filter(group -> group.last.position() < place.last())
                    .map(Group::told)
                    .takeWhile(group -> page.fits(group.characters()))
                    .forEach(page::add);
            String next = page.next(group -> Cursor.after(LIST, group.last().position(), considered.newest));
            return new Failures(
                    considered.failures,
                    considered.isWhole,
                    new Page<>(page.items(), considered.groups.size(), considered.isWhole, next));
        });
    }

    @QueryHandler
    Page<Failure> handle(FindAlike query) {
        int limit = Paging.limit(query.limit(), FindAlike.MAX_LIMIT);
        requireFailure(query.type());
        Kind kind = new Kind(query.type(), query.tool(), query.message());
        long before = query.cursor() == null
                ? Long.MAX_VALUE
                : ((Number) Cursor.read(ALIKE, query.cursor(), Number.class).get(0)).longValue();
        return log.asOfNow(now -> {
            Cut<Failure> page = new Cut<>(limit);
            AtomicLong total = new AtomicLong();
            EventCriteria asked = EventCriteria.ofTypes(List.of(query.type()))
                    .with(of -> of.swarmId(query.swarmId()).after(query.after()).before(query.before()));
            boolean isWhole = failures.each(now, asked, Long.MAX_VALUE, swarm -> false, failure -> {
                if (kind.equals(Kind.of(failure))) {
                    total.incrementAndGet();
                    if (failure.position() < before && page.fits(failure.characters())) {
                        page.add(failure);
                    }
                }
            });
            return new Page<>(
                    page.items(), total.get(), isWhole, page.next(last -> Cursor.after(ALIKE, last.position())));
        });
    }

    private static void requireFailure(String type) {
        if (!FailureTypes.ALL.contains(type)) {
            throw InvalidQuery.outOfRange("type", type + " is none of " + String.join(", ", FailureTypes.ALL));
        }
    }

    /**
     * What failures have in common.
     *
     * @param tool that failed, where one was called
     */
    private record Kind(String type, String tool, String message) {

        static Kind of(Failure failure) {
            return new Kind(failure.type(), failure.tool(), failure.fingerprint());
        }
    }

    /** Alike failures, told of from the newest to the oldest. */
    private static final class Group {

        private final Kind kind;
        private final String sample;
        private final Occurrence last;
        private final Set<String> agents = new LinkedHashSet<>();
        private final Set<String> tasks = new LinkedHashSet<>();
        private Occurrence first;
        private long count;
        private long recovered;

        Group(Kind kind, String sample, Occurrence last) {
            this.kind = kind;
            this.sample = sample;
            this.last = last;
        }

        void add(Occurrence occurrence, String agent, String task, boolean isRecovered) {
            count++;
            recovered += isRecovered ? 1 : 0;
            first = occurrence;
            if (agent != null) {
                agents.add(agent);
            }
            if (task != null) {
                tasks.add(task);
            }
        }

        FailureGroup told() {
            return new FailureGroup(
                    kind.message(),
                    sample,
                    kind.type(),
                    kind.tool(),
                    count,
                    recovered,
                    first,
                    last,
                    agents.stream().limit(LISTED).toList(),
                    agents.size(),
                    tasks.stream().limit(LISTED).toList(),
                    tasks.size());
        }
    }

    /** The newest failures in groups, in the order of what occurred last. */
    private static final class Considered {

        private final AgentCalls calls;
        private final Map<Kind, Group> groups = new LinkedHashMap<>();
        private int failures;
        private long newest;
        private boolean isWhole;

        Considered(AgentCalls calls) {
            this.calls = calls;
        }

        void add(Failure failure) {
            newest = Math.max(newest, failure.position());
            failures++;
            Occurrence occurrence =
                    new Occurrence(failure.eventId(), failure.position(), failure.timestamp(), failure.aggregateId());
            groups.computeIfAbsent(Kind.of(failure), kind -> new Group(kind, sample(failure.message()), occurrence))
                    .add(
                            occurrence,
                            failure.agentId(),
                            failure.taskId(),
                            failure.tool() != null
                                    && failure.position() < calls.lastSuccess(failure.agentId(), failure.tool()));
        }
    }

    private static String sample(String message) {
        return message == null ? "" : Fingerprint.cut(message, Fingerprint.SHOWN);
    }
}
