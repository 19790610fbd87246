package io.swarmledger.query.failure;

import io.swarmledger.query.Cursor;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.failure.Failures.FailureGroup;
import io.swarmledger.query.failure.Failures.Occurrence;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts failures together that are alike. */
public final class FailureQueries {

    /** So many failures are considered, the newest. */
    static final int CONSIDERED = 10_000;

    private static final String LIST = "failures";
    private static final int LISTED = 20;
    private static final int ROWS_AT_ONCE = 500;

    /** So far back in its own stream it is looked up who was at work on what failed. */
    private static final int NEAR = 50;

    private final Reading log;

    public FailureQueries(Reading log) {
        this.log = log;
    }

    /** Where a page ended: behind the group that occurred last there, of the failures up to the other position. */
    private record Mark(long last, long upTo) {

        static Mark of(String cursor) {
            List<Object> key = Cursor.read(LIST, cursor, Number.class, Number.class);
            return new Mark(((Number) key.get(0)).longValue(), ((Number) key.get(1)).longValue());
        }
    }

    @QueryHandler
    Failures handle(FindFailures query) {
        int limit = Paging.limit(query.limit(), FindFailures.MAX_LIMIT);
        if (query.type() != null && !FailureTypes.ALL.contains(query.type())) {
            throw InvalidQuery.outOfRange("type", query.type() + " is none of " + String.join(", ", FailureTypes.ALL));
        }
        Mark mark = query.cursor() == null ? new Mark(Long.MAX_VALUE, Long.MAX_VALUE) : Mark.of(query.cursor());
        return log.read(jdbc -> {
            List<Long> positions = positions(jdbc, query, mark.upTo());
            boolean isWhole = positions.size() <= CONSIDERED;
            List<Long> considered = isWhole ? positions : positions.subList(0, CONSIDERED);
            List<Group> groups = groups(jdbc, considered);
            List<Group> ahead = groups.stream()
                    .filter(group -> group.last.position() < mark.last())
                    .toList();
            List<FailureGroup> page =
                    ahead.stream().limit(limit).map(Group::told).toList();
            String next = ahead.size() > limit
                    ? Cursor.after(LIST, page.get(limit - 1).last().position(), considered.get(0))
                    : null;
            return new Failures(considered.size(), isWhole, new Page<>(page, groups.size(), isWhole, next));
        });
    }

    /** The newest failures, the newest first, one more than are considered; each type's from the end of its index. */
    private static List<Long> positions(JdbcClient jdbc, FindFailures query, long upTo) {
        Where swarm = new Where().given("+swarmId = :swarmId", "swarmId", query.swarmId());
        List<String> types = query.type() == null ? FailureTypes.ALL : List.of(query.type());
        List<Long> positions = new ArrayList<>();
        for (String type : types) {
            Where where =
                    swarm.copy().given("payloadType = :type", "type", type).given("globalIndex <= :upTo", "upTo", upTo);
            positions.addAll(jdbc.sql("SELECT globalIndex FROM DomainEventEntry" + where.sql()
                            + " ORDER BY globalIndex DESC LIMIT " + (CONSIDERED + 1))
                    .params(where.values())
                    .query(Long.class)
                    .list());
        }
        positions.sort((one, other) -> Long.compare(other, one));
        return positions.size() > CONSIDERED ? positions.subList(0, CONSIDERED + 1) : positions;
    }

    private record Kind(String type, String message) {}

    /** Alike failures, told of from the newest to the oldest. */
    private static final class Group {

        private final Kind kind;
        private final String sample;
        private final Occurrence last;
        private final Set<String> agents = new LinkedHashSet<>();
        private final Set<String> tasks = new LinkedHashSet<>();
        private Occurrence first;
        private long count;

        Group(Kind kind, String sample, Occurrence last) {
            this.kind = kind;
            this.sample = sample;
            this.last = last;
        }

        void add(Occurrence occurrence, String agent, String task) {
            count++;
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
                    count,
                    first,
                    last,
                    agents.stream().limit(LISTED).toList(),
                    agents.size(),
                    tasks.stream().limit(LISTED).toList(),
                    tasks.size());
        }
    }

    /** In the order of what occurred last. */
    private static List<Group> groups(JdbcClient jdbc, List<Long> positions) {
        Map<Kind, Group> groups = new LinkedHashMap<>();
        for (int from = 0; from < positions.size(); from += ROWS_AT_ONCE) {
            List<Long> some = positions.subList(from, Math.min(positions.size(), from + ROWS_AT_ONCE));
            jdbc.sql("SELECT globalIndex, eventIdentifier, payloadType, timeStamp, aggregateIdentifier,"
                            + " CASE WHEN json_valid(payload) THEN substr(json_extract(payload, '$.error'), 1, :most) END,"
                            + " (SELECT CASE WHEN payloadType <> 'agent:task-completed' AND json_valid(payload) THEN"
                            + " json_extract(payload, CASE payloadType WHEN 'task:started' THEN '$.agentId'"
                            + " ELSE '$.taskId' END) END FROM DomainEventEntry AS work"
                            + " WHERE work.aggregateIdentifier = failure.aggregateIdentifier"
                            + " AND work.sequenceNumber < failure.sequenceNumber"
                            + " AND work.sequenceNumber >= failure.sequenceNumber - :near"
                            + " AND +work.payloadType IN ('task:started', 'agent:task-assigned', 'agent:task-completed')"
                            + " ORDER BY work.sequenceNumber DESC LIMIT 1)"
                            + " FROM DomainEventEntry AS failure WHERE globalIndex IN (:positions)"
                            + " ORDER BY globalIndex DESC")
                    .param("most", AlikeMessage.MOST)
                    .param("near", NEAR)
                    .param("positions", some)
                    .query(row -> {
                        Occurrence occurrence =
                                new Occurrence(row.getString(2), row.getLong(1), row.getDouble(4), row.getString(5));
                        String type = row.getString(3);
                        String message = row.getString(6);
                        String with = row.getString(7);
                        groups.computeIfAbsent(
                                        new Kind(type, AlikeMessage.of(message)),
                                        kind -> new Group(kind, sample(message), occurrence))
                                .add(
                                        occurrence,
                                        who("agent:failed", type, occurrence, with, "task:failed"),
                                        who("task:failed", type, occurrence, with, "agent:failed"));
                    });
        }
        return List.copyOf(groups.values());
    }

    private static String sample(String message) {
        return message == null ? "" : AlikeMessage.cut(message, AlikeMessage.SHOWN);
    }

    /** Itself, if it is of that kind; the other one that it was at work with, if it is of the other; nobody otherwise. */
    private static String who(String itself, String type, Occurrence failure, String with, String other) {
        if (type.equals(itself)) {
            return failure.aggregateId();
        }
        return type.equals(other) ? with : null;
    }
}
