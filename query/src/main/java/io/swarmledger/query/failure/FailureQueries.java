package io.swarmledger.query.failure;

import io.swarmledger.events.Json;
import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.failure.Failures.FailureGroup;
import io.swarmledger.query.failure.Failures.Occurrence;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.Excerpt;
import io.swarmledger.query.log.LogRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.axonframework.queryhandling.QueryHandler;
import tools.jackson.core.JacksonException;

/** Puts failures together that are alike. */
public final class FailureQueries {

    /** So many failures are considered, the newest. */
    static final int CONSIDERED = 10_000;

    private static final String LIST = "failures";
    private static final int LISTED = 20;
    private static final int ROWS_AT_ONCE = 500;

    private static final String STARTED = "task:started";
    private static final String DONE = "agent:task-completed";
    private static final List<String> WORK = List.of(STARTED, "agent:task-assigned", DONE);

    /** So far back in its own stream it is looked up who was at work on what failed. */
    private static final int NEAR = 50;

    private final EventLog log;

    public FailureQueries(EventLog log) {
        this.log = log;
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
        if (query.type() != null && !FailureTypes.ALL.contains(query.type())) {
            throw InvalidQuery.outOfRange("type", query.type() + " is none of " + String.join(", ", FailureTypes.ALL));
        }
        Place place = query.cursor() == null ? new Place(Long.MAX_VALUE, Long.MAX_VALUE) : Place.of(query.cursor());
        return log.asOfNow(now -> {
            Considered considered = new Considered(now, query, place.upTo());
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

    /**
     * What failures have in common.
     *
     * @param tool that failed, where one was called
     */
    private record Kind(String type, String tool, String message) {}

    private record Tool(String agent, String name) {}

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

        private final EventLog log;
        private final Map<Kind, Group> groups = new LinkedHashMap<>();
        private final Map<Tool, Long> successes = new HashMap<>();
        private int failures;
        private long newest;
        private boolean isWhole = true;

        Considered(EventLog log, FindFailures query, long upTo) {
            this.log = log;
            EventCriteria failed = EventCriteria.ofTypes(
                            query.type() == null ? FailureTypes.ALL : List.of(query.type()))
                    .withSwarmId(query.swarmId())
                    .withFailed(true);
            EventSelection ahead =
                    EventSelection.of(failed).withNewestFirst(true).withUpTo(upTo);
            List<Excerpt> some = read(ahead);
            while (!some.isEmpty() && isWhole) {
                add(some);
                some = read(ahead.withUpTo(some.get(some.size() - 1).position() - 1));
            }
        }

        /** A few at a time: a message may be long. */
        private List<Excerpt> read(EventSelection ahead) {
            List<Excerpt> some = new ArrayList<>();
            log.excerpts(ahead, List.of("error", "tool", "taskId"), AlikeMessage.MOST, ROWS_AT_ONCE, some::add);
            return some;
        }

        private void add(List<Excerpt> some) {
            Map<Long, Excerpt> work = log.preceding(
                    some.stream().map(Excerpt::position).toList(), WORK, NEAR, List.of("agentId", "taskId"));
            for (Excerpt failure : some) {
                if (failures == CONSIDERED) {
                    isWhole = false;
                    return;
                }
                newest = Math.max(newest, failure.position());
                failures++;
                add(failure, workedWith(work.get(failure.position())));
            }
        }

        private void add(Excerpt failure, String with) {
            Occurrence occurrence =
                    new Occurrence(failure.id(), failure.position(), failure.timestamp(), failure.aggregateId());
            String type = failure.type();
            String message = failure.texts().get(0);
            String tool =
                    type.equals(FailureTypes.TOOL_CALLED) ? failure.texts().get(1) : null;
            Group group = groups.computeIfAbsent(
                    new Kind(type, tool, AlikeMessage.of(message)),
                    kind -> new Group(kind, sample(message), occurrence));
            if (FailureTypes.CALLS.contains(type)) {
                group.add(
                        occurrence,
                        failure.aggregateId(),
                        failure.texts().get(2),
                        tool != null && failure.position() < lastSuccess(new Tool(failure.aggregateId(), tool)));
            } else {
                group.add(
                        occurrence,
                        who("agent:failed", type, occurrence, with, "task:failed"),
                        who("task:failed", type, occurrence, with, "agent:failed"),
                        false);
            }
        }

        /** The position of the agent's last call of the tool that had no error, 0 if there is none. */
        private long lastSuccess(Tool tool) {
            return successes.computeIfAbsent(tool, asked -> {
                Optional<LogRow> call = lastCall(tool, Long.MAX_VALUE);
                while (call.isPresent() && hasError(call.get())) {
                    call = lastCall(tool, call.get().position() - 1);
                }
                return call.map(LogRow::position).orElse(0L);
            });
        }

        private Optional<LogRow> lastCall(Tool tool, long upTo) {
            return log.lastSaying("tool", tool.name(), tool.agent(), FailureTypes.TOOL_CALLED, upTo);
        }
    }

    private static boolean hasError(LogRow call) {
        try {
            return Json.mapper().readTree(call.payload()).hasNonNull("error");
        } catch (JacksonException noJson) {
            return true;
        }
    }

    /** Whom the event before the failure names; nobody once the work was done. */
    private static String workedWith(Excerpt work) {
        if (work == null || work.type().equals(DONE)) {
            return null;
        }
        return work.texts().get(work.type().equals(STARTED) ? 0 : 1);
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
