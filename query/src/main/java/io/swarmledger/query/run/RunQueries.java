package io.swarmledger.query.run;

import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.Cursor;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Paging;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.queryhandling.QueryHandler;

/** Answers questions about runs, from the events of their swarms. */
public final class RunQueries {

    private static final String LIST = "tasks of two runs";

    private final EventLog log;
    private final Runs runs;

    public RunQueries(EventLog log, EventReader reader) {
        this.log = log;
        this.runs = new Runs(reader);
    }

    /**
     * Where a page begins.
     *
     * @param a the position up to which the first run was read; {@code null} if that was not said
     * @param b likewise
     * @param passed so many tasks are on pages before
     */
    private record Start(Long a, Long b, int passed) {

        static Start of(CompareRuns query) {
            if (query.cursor() == null) {
                return new Start(query.aTo(), query.bTo(), 0);
            }
            List<Object> key = Cursor.read(LIST, query.cursor(), Number.class, Number.class, Number.class);
            int passed = ((Number) key.get(2)).intValue();
            if (passed < 0) {
                throw InvalidQuery.malformed("cursor", "is none that this list gave");
            }
            return new Start(((Number) key.get(0)).longValue(), ((Number) key.get(1)).longValue(), passed);
        }
    }

    @QueryHandler
    RunComparison handle(CompareRuns query) {
        int limit = Paging.limit(query.limit(), CompareRuns.MAX_LIMIT);
        if (query.field() != null && !RunComparison.FIELDS.contains(query.field())) {
            throw InvalidQuery.noneOf("field", query.field(), RunComparison.FIELDS);
        }
        Start start = Start.of(query);
        Run a = runs.of(named("a", query.a()), from("aFrom", query.aFrom()));
        Run b = runs.of(named("b", query.b()), from("bFrom", query.bFrom()));
        return both(a, b, now -> {
            long upToA = upTo(now, "aTo", start.a());
            long upToB = upTo(now, "bTo", start.b());
            Run first = runs.upTo(now, a, upToA);
            Run second = runs.upTo(now, b, upToB);
            // Where the first is both, it is read as far as the second is meant to be.
            long positionA = Math.min(upToA, first.position);
            long positionB = Math.min(upToB, second.position);
            return new Beside(first, positionA, second, positionB)
                    .compared(
                            now,
                            query.field(),
                            limit,
                            start.passed(),
                            passed -> Cursor.after(LIST, positionA, positionB, passed));
        });
    }

    /** Asks a question of two runs that nobody else has read on meanwhile. */
    private <T> T both(Run a, Run b, Function<EventLog, T> question) {
        boolean isInOrder = a.isBefore(b);
        synchronized (isInOrder ? a : b) {
            synchronized (isInOrder ? b : a) {
                return log.asOfNow(question);
            }
        }
    }

    @QueryHandler
    RunMatches handle(FindMatches query) {
        Run a = runs.of(named("a", query.a()), 0);
        Run b = runs.of(named("b", query.b()), 0);
        return both(a, b, now -> {
            Run first = runs.upTo(now, a, now.head());
            Run second = runs.upTo(now, b, now.head());
            Alignment alignment = new Alignment(first, second);
            Map<String, String> agents = new LinkedHashMap<>();
            alignment.agents().forEach((agent, match) -> agents.put(agent, match.other()));
            return new RunMatches(agents, query.position() == null ? null : task(first, second, alignment, query));
        });
    }

    private static FindSteps.Step task(Run first, Run second, Alignment alignment, FindMatches query) {
        return first.found(FindSteps.at(query.a(), List.of(query.position()))).stream()
                .map(step -> step.taskId() == null ? null : alignment.tasks().get(step.taskId()))
                .filter(Objects::nonNull)
                .flatMap(match ->
                        second
                                .found(FindSteps.at(query.b(), List.of(second.tasks.get(match.other()).position)))
                                .stream())
                .findFirst()
                .orElse(null);
    }

    @QueryHandler
    Optional<RunSummary> handle(GetRun query) {
        return reading(query.swarmId(), run -> new RunSummary(Beside.side(run, run.position), run.lanes()));
    }

    @QueryHandler
    Optional<Lanes> handle(GetLanes query) {
        List<String> ids = query.agentIds() == null ? List.of() : query.agentIds();
        if (ids.size() > GetLanes.MAX_AGENTS) {
            throw InvalidQuery.outOfRange("agentIds", ids.size() + " are more than " + GetLanes.MAX_AGENTS);
        }
        if (query.bins() < 1 || query.bins() > GetLanes.MAX_BINS) {
            throw InvalidQuery.outOfRange("bins", query.bins() + " is not between 1 and " + GetLanes.MAX_BINS);
        }
        if (query.like() == null) {
            return reading(query.swarmId(), run -> lanes(run, run.axis(), query));
        }
        Run other = runs.of(named("like", query.like()), 0);
        Run run = runs.of(named("swarmId", query.swarmId()), 0);
        return both(other, run, now -> {
            Run above = runs.upTo(now, other, now.head());
            Run read = runs.upTo(now, run, now.head());
            TimeAxis axis = TimeAxis.beneath(above, read, new Alignment(above, read));
            return read.events == 0 ? Optional.empty() : Optional.of(lanes(read, axis, query));
        });
    }

    private static Lanes lanes(Run run, TimeAxis axis, GetLanes query) {
        double after = query.after() == null ? run.startedAt() : query.after();
        double before = query.before() == null ? run.endedAt : query.before();
        return new Drawing(run, axis, after, before).lanes(query.agentIds(), query.bins());
    }

    @QueryHandler
    FindSteps.Step[] handle(FindSteps query) {
        if (query.positions() == null && !FindSteps.WHICH.contains(String.valueOf(query.which()))) {
            throw InvalidQuery.noneOf("which", String.valueOf(query.which()), FindSteps.WHICH);
        }
        if (query.positions() != null && query.positions().size() > FindSteps.MAX_POSITIONS) {
            throw InvalidQuery.outOfRange(
                    "positions", query.positions().size() + " are more than " + FindSteps.MAX_POSITIONS);
        }
        return reading(query.swarmId(), run -> run.found(query))
                .orElse(List.of())
                .toArray(FindSteps.Step[]::new);
    }

    /** Asks a run as it is now; nothing if nothing happened in that swarm. */
    private <T> Optional<T> reading(String swarmId, Function<Run, T> question) {
        Run run = runs.of(named("swarmId", swarmId), 0);
        synchronized (run) {
            log.asOfNow(now -> runs.upTo(now, run, now.head()));
            return run.events == 0 ? Optional.empty() : Optional.of(question.apply(run));
        }
    }

    private static String named(String field, String swarmId) {
        if (swarmId == null || swarmId.isBlank()) {
            throw InvalidQuery.malformed(field, "is missing: the id of a swarm");
        }
        return swarmId;
    }

    private static long from(String field, Long position) {
        if (position != null && position < 0) {
            throw InvalidQuery.outOfRange(field, position + " is less than 0");
        }
        return position == null ? 0 : position;
    }

    private static long upTo(EventLog now, String field, Long position) {
        long head = now.head();
        return position == null ? head : BeyondHead.requireWithin(head, field, from(field, position));
    }
}
