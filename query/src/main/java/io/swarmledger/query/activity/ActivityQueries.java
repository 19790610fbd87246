package io.swarmledger.query.activity;

import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Paging;
import io.swarmledger.query.activity.Activity.Bucket;
import io.swarmledger.query.activity.Activity.Mark;
import io.swarmledger.query.failure.FailureTypes;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.Where;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

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

    private final Reading log;

    public ActivityQueries(Reading log) {
        this.log = log;
    }

    @QueryHandler
    Activity handle(GetActivity query) {
        int parts =
                query.buckets() == null ? BUCKETS : Paging.limit("buckets", query.buckets(), GetActivity.MAX_BUCKETS);
        requireFinite("from", query.from());
        requireFinite("to", query.to());
        return log.read(jdbc -> {
            boolean isAll = query.swarmId() == null || isTheOnlySwarm(jdbc, query.swarmId());
            String swarmId = isAll ? null : query.swarmId();
            Optional<Double> from = end(jdbc, query.from(), swarmId, "");
            Optional<Double> to = end(jdbc, query.to(), swarmId, " DESC");
            if (from.isEmpty() || to.isEmpty()) {
                return new Activity(0, 0, 1, List.of(), List.of());
            }
            if (query.from() != null && query.to() != null && from.get() > to.get()) {
                throw InvalidQuery.outOfRange("to", "is before from");
            }
            Stretch stretch = Stretch.of(from.get(), Math.max(from.get(), to.get()), parts);
            return new Activity(
                    stretch.from(),
                    stretch.to(),
                    stretch.width(),
                    isAll ? countAll(jdbc, stretch) : countOne(jdbc, stretch, swarmId),
                    marks(jdbc, stretch, swarmId));
        });
    }

    private static void requireFinite(String field, Double time) {
        if (time != null && !Double.isFinite(time)) {
            throw InvalidQuery.outOfRange(field, time + " is no time");
        }
    }

    /** No index has swarms and times: where there is but one swarm, that of times alone answers. */
    private static boolean isTheOnlySwarm(JdbcClient jdbc, String swarmId) {
        return jdbc.sql("SELECT min(swarmId) = :swarmId AND max(swarmId) = :swarmId FROM"
                        + " (SELECT (SELECT min(swarmId) FROM DomainEventEntry) AS swarmId"
                        + " UNION ALL SELECT (SELECT max(swarmId) FROM DomainEventEntry))")
                .param("swarmId", swarmId)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    private static Optional<Double> end(JdbcClient jdbc, Double asked, String swarmId, String direction) {
        if (asked != null) {
            return Optional.of(asked);
        }
        Where where = new Where().is("swarmId", swarmId);
        return jdbc.sql("SELECT timeStamp FROM DomainEventEntry" + where.sql() + " ORDER BY timeStamp" + direction
                        + " LIMIT 1")
                .params(where.values())
                .query((row, number) -> row.getDouble(1))
                .optional();
    }

    /** A stretch of time, cut into parts. */
    private record Stretch(double from, double to, double width, int parts) {

        static Stretch of(double from, double to, int atMost) {
            double width = Math.max(1, (to - from) / atMost);
            return new Stretch(from, to, width, (int) Math.min(atMost, Math.floor((to - from) / width) + 1));
        }

        double start(int part) {
            return from + part * width;
        }

        /** Where the part ends, itself not included. */
        double end(int part) {
            return part == parts - 1 ? Math.nextUp(to) : start(part + 1);
        }

        int partOf(double time) {
            int part = (int) Math.min(parts - 1, Math.max(0, (time - from) / width));
            if (part > 0 && time < start(part)) {
                return part - 1;
            }
            return part < parts - 1 && time >= start(part + 1) ? part + 1 : part;
        }
    }

    /** Each part is a range of the index of times: to group by parts SQLite would sort all events. */
    private static List<Bucket> countAll(JdbcClient jdbc, Stretch stretch) {
        long[] failures = new long[stretch.parts()];
        times(jdbc, stretch, "payloadType IN (:types)", Map.of("types", FailureTypes.ALL), failures);
        List<Bucket> buckets = new ArrayList<>();
        for (int part = 0; part < stretch.parts(); part++) {
            long events = jdbc.sql("SELECT count(*) FROM DomainEventEntry WHERE timeStamp >= ? AND timeStamp < ?")
                    .params(stretch.start(part), stretch.end(part))
                    .query(Long.class)
                    .single();
            buckets.add(new Bucket(stretch.start(part), events, failures[part]));
        }
        return buckets;
    }

    private static List<Bucket> countOne(JdbcClient jdbc, Stretch stretch, String swarmId) {
        long[] events = new long[stretch.parts()];
        long[] failures = new long[stretch.parts()];
        Map<String, Object> swarm = Map.of("swarmId", swarmId);
        times(jdbc, stretch, "swarmId = :swarmId", swarm, events);
        Map<String, Object> failed = Map.of("swarmId", swarmId, "types", FailureTypes.ALL);
        times(jdbc, stretch, "payloadType IN (:types) AND +swarmId = :swarmId", failed, failures);
        List<Bucket> buckets = new ArrayList<>();
        for (int part = 0; part < stretch.parts(); part++) {
            buckets.add(new Bucket(stretch.start(part), events[part], failures[part]));
        }
        return buckets;
    }

    private static void times(
            JdbcClient jdbc, Stretch stretch, String condition, Map<String, ?> values, long[] counted) {
        jdbc.sql("SELECT timeStamp FROM DomainEventEntry WHERE " + condition
                        + " AND +timeStamp >= :from AND +timeStamp <= :to")
                .params(values)
                .param("from", stretch.from())
                .param("to", stretch.to())
                .query(row -> {
                    counted[stretch.partOf(row.getDouble(1))]++;
                });
    }

    private static List<Mark> marks(JdbcClient jdbc, Stretch stretch, String swarmId) {
        List<Mark> marks = new ArrayList<>();
        MARKED.forEach((type, field) -> {
            Where where = new Where()
                    .given("payloadType = :type", "type", type)
                    .given("+swarmId = :swarmId", "swarmId", swarmId)
                    .given("+timeStamp >= :from", "from", stretch.from())
                    .given("+timeStamp <= :to", "to", stretch.to());
            marks.addAll(jdbc.sql("SELECT globalIndex, eventIdentifier, payloadType, timeStamp,"
                            + " CASE WHEN json_valid(payload) THEN substr(json_extract(payload, :label), 1, " + LABEL
                            + ") END FROM DomainEventEntry" + where.sql() + " ORDER BY globalIndex DESC LIMIT "
                            + (MOST_MARKS - marks.size()))
                    .params(where.values())
                    .param("label", "$." + field)
                    .query((row, number) -> new Mark(
                            row.getLong(1), row.getString(2), row.getString(3), row.getDouble(4), row.getString(5)))
                    .list());
        });
        marks.sort(Comparator.comparingLong(Mark::position));
        return marks;
    }
}
