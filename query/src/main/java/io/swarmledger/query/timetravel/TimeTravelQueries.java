package io.swarmledger.query.timetravel;

import io.swarmledger.events.Json;
import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.memory.MemoryQueries;
import io.swarmledger.query.swarm.SwarmQueries;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.timetravel.Presences.Presence;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.ViewReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers what everything was like at any moment, and what changed from one to another. */
public final class TimeTravelQueries {

    private static final String MOMENT = "moment";
    private static final String CHANGES = "changes";
    private static final String TASKS = "tasks then";

    private final Reading index;
    private final EventLog log;
    private final Positions positions;
    private final EventReader reader;
    private final AgentHealth health;
    private final ReadModels models;

    /**
     * Answers from the index and the log that it is of.
     *
     * @param positions waits until the index has seen what is asked for
     */
    public TimeTravelQueries(
            Reading index,
            EventLog log,
            Positions positions,
            EventReader reader,
            AgentHealth health,
            ReadModels models) {
        this.index = index;
        this.log = log;
        this.positions = positions;
        this.reader = reader;
        this.health = health;
        this.models = models;
    }

    /** Where a page of one of the lists ended. */
    private record Place(String list, long position, long since) {

        static Place of(String cursor) {
            List<Object> key = Cursor.read(MOMENT, cursor, String.class, Number.class, Number.class);
            return new Place((String) key.get(0), ((Number) key.get(1)).longValue(), ((Number) key.get(2)).longValue());
        }
    }

    @QueryHandler
    AllThen handle(StateOfAll query) {
        Paging.limit(query.limit(), ViewReader.MAX_LIMIT);
        Place place = query.cursor() == null ? null : Place.of(query.cursor());
        long position = place == null
                ? position("position", query.position(), "at", query.at())
                : position("cursor", place.position(), "at", null);
        return index.read(moments ->
                log.asOfNow(history -> new Answer(query, place, position, moments, new Past(moments, history, reader))
                        .allThen(history.latest(position).orElse(null))));
    }

    @QueryHandler
    Page<TaskState> handle(FindTasksThen query) {
        FindTasks asked = query.tasks();
        if (asked.stuck() != null) {
            throw InvalidQuery.malformed("stuck", "is known of now alone: leave out position");
        }
        if (asked.sort() != null) {
            throw InvalidQuery.malformed("sort", "is of now alone: leave out position");
        }
        ReadModel<TaskState> model = TaskQueries.MODEL;
        int limit = Paging.limit(asked.limit(), ViewReader.MAX_LIMIT);
        long position = position("position", query.position(), "at", null);
        return index.read(moments -> log.asOfNow(history -> {
            Search.Part<TaskState> part = new Search(moments, new Past(moments, history, reader), position)
                    .find(
                            model,
                            Shelf.there(models, model),
                            asked.swarmId(),
                            asked::matches,
                            TASKS,
                            limit,
                            asked.cursor());
            List<TaskState> tasks =
                    part.things().stream().map(Search.Found::state).toList();
            Map<String, Long> counts = Counts.at(moments, models, model, asked.swarmId(), position);
            return asked.agent() == null && asked.type() == null && asked.priority() == null
                    ? new Page<>(tasks, total(counts, asked.status()), true, part.next())
                    : new Page<>(tasks, tasks.size(), asked.cursor() == null && part.next() == null, part.next());
        }));
    }

    private static long total(Map<String, Long> counts, String status) {
        return status != null
                ? counts.getOrDefault(status, 0L)
                : counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Two positions, and the number of the thing behind which a page goes on. */
    private record Pair(long from, long to, long after) {

        static Pair of(String cursor) {
            List<Long> key = Cursor.read(CHANGES, cursor, Number.class, Number.class, Number.class).stream()
                    .map(part -> ((Number) part).longValue())
                    .toList();
            return new Pair(key.get(0), key.get(1), key.get(2));
        }
    }

    @QueryHandler
    Changes handle(FindChanges query) {
        if (query.cursor() == null && query.from() == null && query.fromAt() == null) {
            throw InvalidQuery.malformed("from", "is missing: ask for what changed since a position or a time");
        }
        int limit = Paging.limit(query.limit(), FindChanges.MAX_LIMIT);
        Pair between = query.cursor() == null
                ? new Pair(
                        position("from", query.from(), "fromAt", query.fromAt()),
                        position("to", query.to(), "toAt", query.toAt()),
                        0)
                : Pair.of(query.cursor());
        long from = between.from();
        long to = query.cursor() == null ? between.to() : position("cursor", between.to(), "toAt", null);
        if (from > to) {
            throw InvalidQuery.outOfRange("to", "position " + to + " is before that of from, " + from);
        }
        return index.read(moments -> log.asOfNow(history -> {
            Touched touched = new Touched(moments, models, from, to);
            Difference difference = new Difference(new Past(moments, history, reader));
            Cut<Change> changes = new Cut<>(limit);
            long last = between.after();
            Optional<Thing<?>> next = touched.after(last);
            while (next.isPresent() && changes.items().size() < limit) {
                Optional<Change> change = difference
                        .of(next.get(), from, to)
                        .filter(one ->
                                query.swarmId() == null || query.swarmId().equals(one.swarmId()));
                if (change.isPresent()) {
                    if (!changes.fits(
                            Json.mapper().writeValueAsString(change.get()).length())) {
                        break;
                    }
                    changes.add(change.get());
                }
                last = next.get().number();
                next = touched.after(last);
            }
            boolean isAll = query.cursor() == null && next.isEmpty();
            String cursor = next.isPresent() ? Cursor.after(CHANGES, from, to, last) : null;
            return new Changes(
                    from, to, new Page<>(changes.items(), changes.items().size(), isAll, cursor));
        }));
    }

    /**
     * The position that is meant by a position or a time; the index has seen it.
     *
     * @throws InvalidQuery naming the field, if both are given or one is out of range
     * @throws BeyondHead naming it, if the log does not go so far
     */
    private long position(String field, Long position, String timeField, Double time) {
        if (position != null && time != null) {
            throw InvalidQuery.malformed(timeField, "is given together with " + field + ": ask for one of them");
        }
        if (position != null && position < 0) {
            throw InvalidQuery.outOfRange(field, position + " is less than 0");
        }
        long head = positions.of(LedgerQuery.LOG);
        long seen = position == null ? head : BeyondHead.requireWithin(head, field, position);
        positions.await(LedgerQuery.TIME_TRAVEL, seen);
        return time == null ? seen : Math.min(seen, log.positionAt(time));
    }

    /** The lists at a position. */
    private final class Answer {

        private final StateOfAll query;
        private final Place place;
        private final long position;
        private final JdbcClient moments;
        private final Past past;
        private final Map<String, Map<String, Map<String, Long>>> cut = new LinkedHashMap<>();

        Answer(StateOfAll query, Place place, long position, JdbcClient moments, Past past) {
            this.query = query;
            this.place = place;
            this.position = position;
            this.moments = moments;
            this.past = past;
        }

        AllThen allThen(Double at) {
            Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
            return new AllThen(
                    position,
                    at,
                    counts,
                    list("agents", AgentQueries.MODEL, counts, agent -> health.view(agent, at)),
                    list("tasks", TaskQueries.MODEL, counts, task -> task),
                    list("memories", MemoryQueries.MODEL, counts, memory -> memory),
                    list(
                            "swarms",
                            SwarmQueries.MODEL,
                            counts,
                            swarm -> new SwarmView(
                                    swarm, Counts.members(moments, models, AgentQueries.MODEL, swarm.id(), position))),
                    own(counts),
                    cut);
        }

        private Map<String, Page<?>> own(Map<String, Map<String, Long>> counts) {
            Map<String, Page<?>> lists = new LinkedHashMap<>();
            models.own().forEach(model -> lists.put(model.type(), list(model.type(), model, counts, state -> state)));
            return lists;
        }

        private <S, V> Page<V> list(
                String name, ReadModel<S> model, Map<String, Map<String, Long>> counts, Function<S, V> view) {
            Map<String, Long> byStatus = Counts.at(moments, models, model, query.swarmId(), position);
            counts.put(name, byStatus);
            long total = byStatus.entrySet().stream()
                    .filter(status -> query.includeDeleted() || !model.gone().contains(status.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            if (place != null && !place.list().equals(name)) {
                return new Page<>(List.of(), total, true, null);
            }
            Cut<V> page = new Cut<>(Paging.limit(query.limit(), ViewReader.MAX_LIMIT));
            List<Presence> found = new Presences(moments)
                    .at(
                            position,
                            query.includeDeleted()
                                    ? List.of(Shelf.there(models, model), Shelf.gone(models, model))
                                    : List.of(Shelf.there(models, model)),
                            query.swarmId(),
                            place == null ? 0 : place.since(),
                            page.toAskFor());
            long since = 0;
            for (Presence one : found) {
                Thing<S> thing = new Thing<>(one.thing(), model, one.id());
                S state = past.at(thing, position);
                if (!page.fits(Past.bytesOf(model, state))) {
                    break;
                }
                noteCut(name, thing, state);
                page.add(view.apply(past.withLists(thing, state, position, StateOfAll.LAST_ITEMS)));
                since = one.since();
            }
            String next = page.isMore() ? Cursor.after(MOMENT, name, position, since) : null;
            return new Page<>(page.items(), total, true, next);
        }

        private <S> void noteCut(String name, Thing<S> thing, S state) {
            for (String list : thing.model().table().lists().keySet()) {
                Long size = thing.model().table().sizeIfCut(list, state, StateOfAll.LAST_ITEMS);
                if (size != null) {
                    cut.computeIfAbsent(name, type -> new LinkedHashMap<>())
                            .computeIfAbsent(thing.id(), id -> new LinkedHashMap<>())
                            .put(list, size);
                }
            }
        }
    }
}
