package io.swarmledger.query.usage;

import io.swarmledger.events.Durations;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogRow;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;

/** Answers what agents called and what it took, from the calls in the log. */
public final class UsageQueries {

    /** Of so many different ones at most the calls are summed at once. */
    static final int MOST_KEYS = 100_000;

    private static final String TOOL_CALLED = "agent:tool-called";
    private static final String MODEL_CALLED = "agent:model-called";

    private final EventLog log;
    private final EventReader reader;

    public UsageQueries(EventLog log, EventReader reader) {
        this.log = log;
        this.reader = reader;
    }

    @QueryHandler
    Page<Usage> handle(GetUsage query) {
        if (query.by() == null) {
            throw InvalidQuery.malformed("by", "is missing: one of " + String.join(", ", GetUsage.BY));
        }
        if (!GetUsage.BY.contains(query.by())) {
            throw InvalidQuery.noneOf("by", query.by(), GetUsage.BY);
        }
        Cut<Usage> page = new Cut<>(Paging.limit(query.limit(), GetUsage.MAX_LIMIT));
        String list = "usage by " + query.by();
        return log.asOfNow(now -> {
            List<Usage> all = new Calls(query).in(now);
            all.stream()
                    .dropWhile(usage -> query.cursor() != null && !isBehind(list, query.cursor(), usage))
                    .takeWhile(usage ->
                            page.fits(usage.key() == null ? 0 : usage.key().length()))
                    .forEach(page::add);
            return new Page<>(
                            page.items(),
                            all.size(),
                            true,
                            page.next(last -> Cursor.after(list, last.calls(), placeOf(last.key()))))
                    .at(now.head());
        });
    }

    private static final Comparator<Usage> MOST_FIRST = Comparator.comparingLong(Usage::calls)
            .reversed()
            .thenComparing(Usage::key, Comparator.nullsFirst(Comparator.naturalOrder()));

    private static boolean isBehind(String list, String cursor, Usage usage) {
        List<Object> last = Cursor.read(list, cursor, Number.class, String.class);
        long calls = ((Number) last.get(0)).longValue();
        return usage.calls() < calls
                || usage.calls() == calls && placeOf(usage.key()).compareTo((String) last.get(1)) > 0;
    }

    /** A text that sorts as the key does: none comes before an empty one, which history may hold. */
    private static String placeOf(String key) {
        return key == null ? "" : "=" + key;
    }

    /** The calls of a question, summed by what it asks. */
    private final class Calls {

        private final GetUsage query;
        private final Map<String, Sum> sums = new HashMap<>();

        Calls(GetUsage query) {
            this.query = query;
        }

        List<Usage> in(EventLog now) {
            if (!query.by().equals("model")) {
                read(now, TOOL_CALLED);
            }
            if (!query.by().equals("tool")) {
                read(now, MODEL_CALLED);
            }
            return sums.entrySet().stream()
                    .map(sum -> sum.getValue().told(query.by(), sum.getKey()))
                    .sorted(MOST_FIRST)
                    .toList();
        }

        private void read(EventLog now, String type) {
            EventCriteria criteria = EventCriteria.ofTypes(List.of(type))
                    .withSwarmId(query.swarmId())
                    .withAggregateIds(query.agentId() == null ? null : List.of(query.agentId()))
                    .withAfter(query.after())
                    .withBefore(query.before());
            long last = 0;
            boolean isAll = false;
            while (!isAll) {
                EventLog.Part part = now.read(last, Long.MAX_VALUE, criteria, Budget.PAGE);
                part.rows().forEach(row -> reader.events(row).forEach(event -> add(row, event)));
                last = part.last(last);
                isAll = part.isAll();
            }
        }

        private void add(LogRow row, LedgerEvent event) {
            if (event instanceof AgentToolCalled call) {
                sumOf(row, call.taskId(), call.tool())
                        .add(
                                event,
                                call.error() != null,
                                call.duration(),
                                row.recorded().timeOr(call.calledAt()));
            } else if (event instanceof AgentModelCalled call) {
                sumOf(row, call.taskId(), call.model())
                        .add(
                                event,
                                call.error() != null,
                                call.duration(),
                                row.recorded().timeOr(call.calledAt()));
            }
        }

        private Sum sumOf(LogRow row, String taskId, String called) {
            String key =
                    switch (query.by()) {
                        case "agent" -> row.aggregateId();
                        case "swarm" -> row.swarmId();
                        case "task" -> taskId;
                        default -> called;
                    };
            Sum sum = sums.computeIfAbsent(key, first -> new Sum());
            if (sums.size() > MOST_KEYS) {
                throw InvalidQuery.outOfRange(
                        "by",
                        query.by() + " gives more than " + MOST_KEYS
                                + " sums: ask for less with swarmId, agentId, after or before");
            }
            return sum;
        }
    }

    private static final class Sum {

        private static final int FIRST = 8;

        private CallSums sums = CallSums.NONE;
        private long calls;
        private long failures;
        private double lastAt = Double.NEGATIVE_INFINITY;
        private double[] durations = new double[FIRST];
        private int timed;

        void add(LedgerEvent call, boolean failed, Double duration, double at) {
            sums = sums.and(call);
            calls++;
            failures += failed ? 1 : 0;
            lastAt = Math.max(lastAt, at);
            Double told = Durations.orNone(duration);
            if (told != null) {
                if (timed == durations.length) {
                    durations = Arrays.copyOf(durations, 2 * timed);
                }
                durations[timed++] = told;
            }
        }

        Usage told(String by, String key) {
            double[] sorted = Arrays.copyOf(durations, timed);
            Arrays.sort(sorted);
            return new Usage(
                    by,
                    key,
                    calls,
                    failures,
                    sums,
                    new Usage.Spread(timed, rank(sorted, 0.5), rank(sorted, 0.95), rank(sorted, 1)),
                    lastAt);
        }

        /** The nearest one of which at least that share is no longer. */
        private static Double rank(double[] sorted, double share) {
            return sorted.length == 0
                    ? null
                    : Double.valueOf(sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)]);
        }
    }
}
