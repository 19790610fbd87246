package io.swarmledger.query.run;

import io.swarmledger.query.Cut;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.run.Alignment.Match;
import io.swarmledger.query.run.RunComparison.AgentOf;
import io.swarmledger.query.run.RunComparison.AgentPair;
import io.swarmledger.query.run.RunComparison.Divergence;
import io.swarmledger.query.run.RunComparison.Point;
import io.swarmledger.query.run.RunComparison.Side;
import io.swarmledger.query.run.RunComparison.TaskOf;
import io.swarmledger.query.run.RunComparison.TaskPair;
import io.swarmledger.query.usage.CallSums;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Two runs beside each other. */
final class Beside {

    private static final List<String> PRESENCE = List.of("presence");

    /** What weighs most first; of what only took longer that which differs most, and otherwise the order of the first run. */
    private static final Comparator<TaskPair> WEIGHTIEST_FIRST = Comparator.<TaskPair>comparingInt(
                    pair -> RunComparison.FIELDS.indexOf(pair.differs().get(0)))
            .thenComparing(Comparator.comparingDouble(Beside::longer).reversed());

    private final Run a;
    private final Run b;
    private final long positionA;
    private final long positionB;
    private final Alignment alignment;
    private final Map<String, Long> placesInA;
    private final Map<String, Long> placesInB;

    /** Two runs, each as it was at a position. */
    Beside(Run a, long positionA, Run b, long positionB) {
        this.a = a;
        this.b = b;
        this.positionA = positionA;
        this.positionB = positionB;
        alignment = new Alignment(a, b);
        List<Map.Entry<String, Match>> bothCompleted = alignment.tasks().entrySet().stream()
                .filter(match -> isCompleted(a.tasks.get(match.getKey()))
                        && isCompleted(b.tasks.get(match.getValue().other())))
                .toList();
        placesInA = places(bothCompleted.stream().map(match -> a.tasks.get(match.getKey())));
        placesInB = places(
                bothCompleted.stream().map(match -> b.tasks.get(match.getValue().other())));
    }

    private static boolean isCompleted(RunTask task) {
        return task.outcome.equals("completed");
    }

    private static Map<String, Long> places(Stream<RunTask> completed) {
        Map<String, Long> places = new HashMap<>();
        completed
                .sorted(Comparator.comparingLong(task -> task.completedPosition))
                .forEach(task -> places.put(task.id, places.size() + 1L));
        return places;
    }

    /**
     * How they differ.
     *
     * @param field only tasks that differ in that; {@code null} for all
     * @param passed so many tasks are on pages before
     * @param cursor behind so many
     */
    RunComparison compared(EventLog now, String field, int limit, int passed, IntFunction<String> cursor) {
        List<TaskPair> pairs = pairs();
        Map<String, Long> differing = new TreeMap<>(Comparator.comparingInt(RunComparison.FIELDS::indexOf));
        pairs.stream()
                .filter(pair -> pair.a() != null && pair.b() != null)
                .flatMap(pair -> pair.differs().stream())
                .forEach(one -> differing.merge(one, 1L, Long::sum));
        List<TaskPair> wanted = pairs.stream()
                .filter(pair -> field == null
                        ? !pair.differs().isEmpty()
                        : pair.differs().contains(field))
                .sorted(WEIGHTIEST_FIRST)
                .toList();
        Cut<TaskPair> page = new Cut<>(limit);
        wanted.stream()
                .skip(passed)
                .takeWhile(pair -> page.fits(pair.characters()))
                .forEach(page::add);
        List<AgentPair> agents = agents();
        return new RunComparison(
                side(a, positionA),
                side(b, positionB),
                divergence(now),
                alignment.tasks().size(),
                pairs.stream().filter(pair -> pair.differs().isEmpty()).count(),
                pairs.stream().filter(pair -> pair.b() == null).count(),
                pairs.stream().filter(pair -> pair.a() == null).count(),
                differing,
                agents.stream().limit(RunComparison.AGENTS).toList(),
                agents.size(),
                page.items(),
                wanted.size(),
                page.next(last -> cursor.apply(passed + page.items().size())));
    }

    /** A run as it was at that position. */
    static Side side(Run run, long position) {
        return new Side(
                run.swarmId,
                run.from,
                position,
                run.events,
                run.isWhole,
                run.unreadable,
                orNone(run.startedAt),
                orNone(run.endedAt),
                run.agents.size(),
                run.tasks.size(),
                run.tasks.values().stream().filter(Beside::isCompleted).count(),
                run.tasks.values().stream()
                        .filter(task -> task.outcome.equals("failed"))
                        .count(),
                callsOf(run.calls),
                run.calls.tokens(),
                run.calls.costUsd());
    }

    private static Double orNone(double time) {
        return Double.isNaN(time) ? null : Double.valueOf(time);
    }

    static long callsOf(CallSums calls) {
        return calls.toolCalls() + calls.modelCalls();
    }

    private List<TaskPair> pairs() {
        List<TaskPair> pairs = new ArrayList<>();
        a.tasks.values().forEach(task -> {
            Match match = alignment.tasks().get(task.id);
            TaskOf one = told(task, placesInA);
            RunTask other = match == null ? null : b.tasks.get(match.other());
            pairs.add(
                    match == null
                            ? new TaskPair(null, PRESENCE, one, null)
                            : new TaskPair(match.by(), differs(task, other), one, told(other, placesInB)));
        });
        Alignment.onlyInB(alignment.tasks(), b.tasks.keySet())
                .forEach(id -> pairs.add(new TaskPair(null, PRESENCE, null, told(b.tasks.get(id), placesInB))));
        return pairs;
    }

    private static TaskOf told(RunTask task, Map<String, Long> places) {
        return new TaskOf(
                task.id,
                task.title,
                task.type,
                task.outcome,
                task.agent,
                task.starts,
                task.failures.size(),
                task.error,
                task.result,
                task.startedAt == null || task.createdAt == null || task.attempts.isEmpty()
                        ? null
                        : waited(task.attempts.get(0)),
                task.duration,
                callsOf(task.calls),
                task.calls.tokens(),
                task.calls.costUsd(),
                places.get(task.id),
                task.eventId,
                task.position);
    }

    private static Double waited(RunTask.Attempt first) {
        return Double.isNaN(first.waited()) ? null : Double.valueOf(Math.max(0, first.began() - first.waited()));
    }

    /** In the order of {@link RunComparison#FIELDS}. */
    private List<String> differs(RunTask one, RunTask other) {
        List<String> differs = new ArrayList<>();
        add(differs, "outcome", one.outcome.equals(other.outcome));
        add(differs, "failures", one.failures.equals(other.failures));
        add(differs, "attempts", one.starts == other.starts);
        add(differs, "result", ResultDigest.same(one.digest, other.digest));
        add(differs, "agent", alignment.isSameAgent(one.agent, other.agent));
        add(differs, "order", Objects.equals(placesInA.get(one.id), placesInB.get(other.id)));
        add(differs, "title", Objects.equals(one.title, other.title) && Objects.equals(one.type, other.type));
        add(differs, "calls", callsOf(one.calls) == callsOf(other.calls));
        add(differs, "tokens", one.calls.tokens() == other.calls.tokens());
        add(differs, "cost", Objects.equals(one.calls.costUsd(), other.calls.costUsd()));
        add(differs, "duration", Objects.equals(one.duration, other.duration));
        return differs;
    }

    private static void add(List<String> differs, String field, boolean isSame) {
        if (!isSame) {
            differs.add(field);
        }
    }

    private static double longer(TaskPair pair) {
        boolean areTimed = pair.differs().get(0).equals("duration")
                && pair.a().duration() != null
                && pair.b().duration() != null;
        return areTimed ? Math.abs(pair.a().duration() - pair.b().duration()) : 0;
    }

    private List<AgentPair> agents() {
        List<AgentPair> pairs = new ArrayList<>();
        a.agents.values().forEach(agent -> {
            Match match = alignment.agents().get(agent.id);
            if (match == null) {
                pairs.add(new AgentPair(null, PRESENCE, told(agent), null));
                return;
            }
            RunAgent other = b.agents.get(match.other());
            List<String> differs = differs(agent, other);
            if (!differs.isEmpty()) {
                pairs.add(new AgentPair(match.by(), differs, told(agent), told(other)));
            }
        });
        Alignment.onlyInB(alignment.agents(), b.agents.keySet())
                .forEach(id -> pairs.add(new AgentPair(null, PRESENCE, null, told(b.agents.get(id)))));
        return pairs;
    }

    private static List<String> differs(RunAgent one, RunAgent other) {
        List<String> differs = new ArrayList<>();
        add(differs, "role", Objects.equals(one.name, other.name) && Objects.equals(one.role, other.role));
        add(differs, "failures", one.failures == other.failures);
        add(differs, "errors", one.errors == other.errors);
        add(differs, "tasks", one.attempts == other.attempts && one.completed == other.completed);
        add(differs, "calls", callsOf(one.calls) == callsOf(other.calls));
        add(differs, "tokens", one.calls.tokens() == other.calls.tokens());
        add(differs, "cost", Objects.equals(one.calls.costUsd(), other.calls.costUsd()));
        return differs;
    }

    private static AgentOf told(RunAgent agent) {
        return new AgentOf(
                agent.id,
                agent.name,
                agent.role,
                agent.attempts,
                agent.completed,
                agent.failures,
                agent.errors,
                callsOf(agent.calls),
                agent.calls.tokens(),
                agent.calls.costUsd());
    }

    private Divergence divergence(EventLog now) {
        Parting parting = Parting.earliest(a, b, alignment);
        if (parting == null) {
            return null;
        }
        List<Long> positions = Stream.of(parting.a(), parting.b())
                .filter(Objects::nonNull)
                .map(RunStep::position)
                .distinct()
                .sorted()
                .toList();
        Map<Long, LogRow> rows = new HashMap<>();
        now.at(positions, row -> rows.put(row.position(), row));
        return new Divergence(
                parting.of(),
                parting.differs(),
                point(parting.a(), rows),
                point(parting.b(), rows),
                parting.positionA(),
                parting.positionB());
    }

    private static Point point(RunStep step, Map<Long, LogRow> rows) {
        if (step == null) {
            return null;
        }
        LogRow row = rows.get(step.position());
        String said = step.label() == null || step.said() != null && step.said().equals(step.label())
                ? step.said()
                : step.said() == null || !step.isCall()
                        ? step.label().replace('\n', ' ').strip()
                        : step.label() + ": " + step.said();
        return new Point(
                row.id(),
                row.position(),
                row.type(),
                row.aggregateId(),
                row.timestamp().doubleValue(),
                said);
    }
}
