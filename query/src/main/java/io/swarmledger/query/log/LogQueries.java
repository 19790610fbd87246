package io.swarmledger.query.log;

import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.Fold;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.Recorded;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.queryhandling.QueryHandler;

/** Answers every question about the log itself: its events, what an aggregate was like, what is in it. */
public final class LogQueries {

    private static final String EVENTS = "events";
    private static final int MAX_TOP = 100_000;
    private static final long BYTES_AN_EVENT = 2_500;

    private final EventLog log;
    private final EventReader reader;
    private final ReadModels models;
    private final Answerable answerable;

    /**
     * Answers from a log.
     *
     * @param models whose folds tell what an aggregate was like
     */
    public LogQueries(EventLog log, EventReader reader, ReadModels models, Answerable answerable) {
        this.log = log;
        this.reader = reader;
        this.models = models;
        this.answerable = answerable;
    }

    @QueryHandler
    Page<RecordedEvent> handle(FindEvents query) {
        int limit = Paging.limit(query.limit(), FindEvents.MAX_LIMIT);
        return log.asOfNow(now -> {
            answerable.require(query, now);
            EventSelection all = EventSelection.of(query.criteria()).withAfter(query.afterPosition());
            EventSelection rest = all.withNewestFirst(query.descending())
                    .withPassOver(query.offset() == null || query.cursor() != null ? 0 : query.offset())
                    .withPayloadCharacters(query.payloadCharacters());
            if (query.cursor() != null) {
                long position = ((Number) Cursor.read(EVENTS, query.cursor(), Number.class)
                                .get(0))
                        .longValue();
                Answerable.requireWithinHead(now, "cursor", position);
                rest = query.descending()
                        ? rest.withUpTo(position - 1)
                        : rest.withAfter(Math.max(position, rest.after() == null ? 0 : rest.after()));
            }
            Cut<RecordedEvent> page = new Cut<>(limit);
            EventLog.Part part = now.read(rest, Budget.ofPage(limit));
            for (LogRow row : part.rows()) {
                if (page.fitsHolding(row.bytes())) {
                    page.add(RecordedEvent.of(row));
                }
            }
            if (!part.isAll()) {
                page.endsHere();
            }
            return page.page(now.count(all, Paging.COUNTED_TO + 1L), last -> Cursor.after(EVENTS, last.position()));
        });
    }

    @QueryHandler
    Stretch handle(FollowEvents query) {
        EventSelection behind = EventSelection.of(query.filter().criteria()).withAfter(query.after());
        return log.asOfNow(now -> {
            EventLog.Part part = now.read(behind, new Budget(query.most(), query.most() * BYTES_AN_EVENT));
            return new Stretch(
                    part.rows().stream().map(RecordedEvent::of).toList(),
                    part.isAll() ? Math.max(query.after(), now.head()) : part.last(query.after()));
        });
    }

    @QueryHandler
    Optional<RecordedEvent> handle(GetEvent query) {
        return log.byId(query.eventId()).map(RecordedEvent::of);
    }

    @QueryHandler
    Neighbours handle(GetNeighbours query) {
        String aggregate = query.aggregateId();
        return log.asOfNow(now -> new Neighbours(
                now.last(aggregate, query.position() - 1).map(LogRow::position).orElse(null),
                now.last(aggregate, query.position()).map(RecordedEvent::of).orElse(null),
                now.first(aggregate, query.position()).map(LogRow::position).orElse(null)));
    }

    @QueryHandler
    Optional<StateThen> handle(StateOf query) {
        if (query.version() != null && query.at() != null) {
            throw InvalidQuery.malformed("at", "is given together with version: ask for one of them");
        }
        if (query.version() != null && query.version() < 1) {
            throw InvalidQuery.outOfRange("version", query.version() + " is less than 1");
        }
        return log.asOfNow(
                now -> now.first(query.aggregateId(), 0).map(birth -> stateThen(now, query, RecordedEvent.of(birth))));
    }

    private StateThen stateThen(EventLog now, StateOf query, RecordedEvent birth) {
        long version = query.version() == null ? Long.MAX_VALUE : query.version();
        long position = query.at() == null ? Long.MAX_VALUE : now.positionAt(query.at());
        Fold<Object> fold = models.foldOf(birth.aggregateType()).orElse((state, event, recorded) -> state);
        var then = new Object() {
            Object state;
            StateThen last;
            boolean goesOn;
        };
        now.stream(query.aggregateId(), row -> {
            then.goesOn = row.version() > version || row.position() > position;
            if (then.goesOn) {
                return false;
            }
            Recorded recorded = row.recorded();
            reader.events(row)
                    .forEach(event -> then.state = row.foldedBy(fold, birth.aggregateType(), then.state, event));
            then.last = new StateThen(
                    birth.aggregateId(),
                    birth.aggregateType(),
                    row.version(),
                    row.position(),
                    recorded.timestamp(),
                    then.state);
            return true;
        });
        if (then.last == null) {
            throw new NotYetBorn(
                    query.at() != null ? "at " + query.at().longValue() : "at version " + query.version(), birth);
        }
        if (query.version() != null && !then.goesOn && then.last.version() < version) {
            throw new NoSuchVersion(version, then.last);
        }
        return then.last.withState(models.alone(birth.aggregateType(), then.state));
    }

    @QueryHandler
    Optional<StoredSnapshot> handle(GetSnapshot query) {
        return log.snapshot(query.aggregateId());
    }

    @QueryHandler
    LedgerStats handle(GetStats query) {
        int top = Paging.limit("top", query.top(), MAX_TOP);
        EventCriteria criteria = EventCriteria.ALL.withSwarmId(query.swarmId());
        return log.asOfNow(now -> {
            Map<String, Long> byType = new TreeMap<>(now.countBy(EventLog.Key.TYPE, criteria, Integer.MAX_VALUE));
            Optional<EventLog.Times> times = now.times(query.swarmId());
            return new LedgerStats(
                    now.ledgerId(),
                    byType.values().stream().mapToLong(Long::longValue).sum(),
                    byType,
                    now.countBy(EventLog.Key.AGGREGATE, criteria, top),
                    now.countKeys(EventLog.Key.AGGREGATE, criteria),
                    times.map(EventLog.Times::first).orElse(null),
                    times.map(EventLog.Times::last).orElse(null),
                    now.snapshots());
        });
    }
}
