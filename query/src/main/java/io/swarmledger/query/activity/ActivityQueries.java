package io.swarmledger.query.activity;

import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Paging;
import io.swarmledger.query.activity.Activity.Bucket;
import io.swarmledger.query.activity.Activity.Mark;
import io.swarmledger.query.failure.FailureTypes;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventLog.Times;
import io.swarmledger.query.log.EventSelection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;

/** Counts events over time, and names those that stand out. */
public final class ActivityQueries {

    private static final int BUCKETS = 200;
    private static final int MOST_MARKS = 1_000;
    private static final int LABEL = 200;

    /** What is marked and which field of its payload says what it is, the most seldom first. */
    private static final Map<String, String> MARKED = new LinkedHashMap<>();

    static {
        MARKED.put("swarm:initialized", "topology");
        MARKED.put("swarm:terminated", "reason");
        MARKED.put("swarm:error", "error");
        MARKED.put("swarm:phase-changed", "newPhase");
        MARKED.put("swarm:milestone-reached", "name");
    }

    private static final Activity NOTHING = new Activity(0, 0, 1, List.of(), List.of());

    private final EventLog log;

    public ActivityQueries(EventLog log) {
        this.log = log;
    }

    @QueryHandler
    Activity handle(GetActivity query) {
        int parts =
                query.buckets() == null ? BUCKETS : Paging.limit("buckets", query.buckets(), GetActivity.MAX_BUCKETS);
        requireFinite("from", query.from());
        requireFinite("to", query.to());
        return log.asOfNow(now -> {
            Optional<Times> all = query.from() == null || query.to() == null
                    ? now.times(query.swarmId())
                    : Optional.of(new Times(query.from(), query.to()));
            if (all.isEmpty()) {
                return NOTHING;
            }
            double from = query.from() == null ? all.get().first() : query.from();
            double to = query.to() == null ? all.get().last() : query.to();
            if (query.from() != null && query.to() != null && from > to) {
                throw InvalidQuery.outOfRange("to", "is before from");
            }
            if (query.from() == null && from > to) {
                return NOTHING;
            }
            Grid grid = Grid.of(from, Math.max(from, to), parts);
            return new Activity(
                    grid.from(),
                    grid.to(),
                    grid.width(),
                    buckets(now, grid, query.swarmId()),
                    marks(now, grid, query.swarmId()));
        });
    }

    private static void requireFinite(String field, Double time) {
        if (time != null && !Double.isFinite(time)) {
            throw InvalidQuery.outOfRange(field, time + " is no time");
        }
    }

    /** Times from one to another, in parts of one width. */
    private record Grid(double from, double to, double width, int parts) {

        static Grid of(double from, double to, int atMost) {
            double width = Math.max(1, (to - from) / atMost);
            return new Grid(from, to, width, (int) Math.min(atMost, Math.floor((to - from) / width) + 1));
        }

        double start(int part) {
            return from + part * width;
        }

        /** Where the parts begin, and where the last one ends, itself not included. */
        double[] bounds() {
            double[] bounds = new double[parts + 1];
            for (int part = 0; part < parts; part++) {
                bounds[part] = start(part);
            }
            bounds[parts] = Math.nextUp(to);
            return bounds;
        }
    }

    private static List<Bucket> buckets(EventLog now, Grid grid, String swarmId) {
        long[] events = now.countOverTime(grid.bounds(), List.of(), swarmId);
        long[] failures = now.countOverTime(grid.bounds(), FailureTypes.REPORTED, swarmId);
        List<Bucket> buckets = new ArrayList<>();
        for (int part = 0; part < grid.parts(); part++) {
            buckets.add(new Bucket(grid.start(part), events[part], failures[part]));
        }
        return buckets;
    }

    private static List<Mark> marks(EventLog now, Grid grid, String swarmId) {
        EventCriteria within = EventCriteria.ALL
                .withSwarmId(swarmId)
                .withAfter(Math.nextDown(grid.from()))
                .withBefore(Math.nextUp(grid.to()));
        List<Mark> marks = new ArrayList<>();
        MARKED.forEach((type, label) -> now.excerpts(
                EventSelection.of(within.withTypes(List.of(type))).withNewestFirst(true),
                List.of(label),
                LABEL,
                MOST_MARKS - marks.size(),
                event -> marks.add(new Mark(
                        event.position(),
                        event.id(),
                        event.type(),
                        event.timestamp(),
                        event.texts().get(0)))));
        marks.sort(Comparator.comparingLong(Mark::position));
        return marks;
    }
}
