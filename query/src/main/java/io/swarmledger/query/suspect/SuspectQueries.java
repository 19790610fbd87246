package io.swarmledger.query.suspect;

import io.swarmledger.query.Cut;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Paging;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.suspect.Suspects.RuleWeight;
import io.swarmledger.query.suspect.Suspects.Suspect;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;

/** Looks for suspects: it reads the newest events up to a failure and applies the rules to what of them led there. */
public final class SuspectQueries {

    /** So many events are looked at. */
    static final int CONSIDERED = 10_000;

    /** So many failures of a swarm are looked into. */
    private static final int FAILURES = Suspects.LISTED;

    private static final List<RuleWeight> RULES = Stream.of(SuspectRule.values())
            .map(rule -> new RuleWeight(rule.label(), rule.weight(), rule.says()))
            .toList();

    /** An imported stream may have events of other things, and of types that nobody knows. */
    private static final String[] OF_TASKS = {
        Step.TASK_CREATED,
        Step.TASK_QUEUED,
        Step.TASK_STARTED,
        Step.TASK_COMPLETED,
        Step.TASK_FAILED,
        Step.TASK_BLOCKED,
        Step.TASK_CANCELLED
    };

    private final EventLog log;

    public SuspectQueries(EventLog log) {
        this.log = log;
    }

    @QueryHandler
    Optional<Suspects> handle(FindSuspects query) {
        int limit = Paging.limit(query.limit(), FindSuspects.MAX_LIMIT);
        if ((query.taskId() == null) == (query.swarmId() == null)) {
            throw InvalidQuery.malformed("taskId", "either a task or a swarm is asked about");
        }
        return log.asOfNow(now -> query.taskId() != null ? ofTask(now, query, limit) : ofSwarm(now, query, limit));
    }

    private static Optional<Suspects> ofTask(EventLog now, FindSuspects query, int limit) {
        Optional<LogRow> last = now.last(query.taskId(), Long.MAX_VALUE, OF_TASKS);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        LogRow failed = now.last(query.taskId(), Long.MAX_VALUE, Step.TASK_FAILED)
                .orElseThrow(() -> new NotFailed("Task " + query.taskId()
                        + " has not failed: the last that happened to it is "
                        + last.get().type() + ", at position " + last.get().position()));
        Window window = Window.of(now, failed.swarmId(), failed.position(), CONSIDERED, step -> true);
        List<Step> failures = window.steps().stream()
                .filter(step -> step.position() == failed.position())
                .toList();
        return Optional.of(told(now, query, failed.swarmId(), window, failures, limit));
    }

    private static Optional<Suspects> ofSwarm(EventLog now, FindSuspects query, int limit) {
        EventSelection ofSwarm = EventSelection.of(EventCriteria.ALL.withSwarmId(query.swarmId()));
        if (now.read(ofSwarm, new Budget(1, 1)).rows().isEmpty()) {
            return Optional.empty();
        }
        Window window = Window.of(now, query.swarmId(), now.head(), CONSIDERED, step -> true);
        List<Step> failures = leftFailed(window.steps());
        if (failures.isEmpty()) {
            throw new NotFailed("Nothing of swarm " + query.swarmId() + " has failed and was left so"
                    + (window.isWhole() ? "" : ", among the newest " + window.considered() + " of its events"));
        }
        return Optional.of(told(now, query, query.swarmId(), window, failures, limit));
    }

    /** The tasks that failed and were not taken up again, and the last error of the swarm itself; the newest of them. */
    private static List<Step> leftFailed(List<Step> window) {
        Map<String, Step> last = new HashMap<>();
        for (Step step : window) {
            if (step.isOfTask() || step.is(Step.SWARM_ERROR)) {
                last.put(step.type().substring(0, 5) + step.aggregateId(), step);
            }
        }
        return last.values().stream()
                .filter(step -> step.is(Step.TASK_FAILED) || step.is(Step.SWARM_ERROR))
                .sorted(Comparator.comparingLong(Step::position))
                .toList();
    }

    private static Suspects told(
            EventLog now, FindSuspects query, String swarmId, Window window, List<Step> failures, int limit) {
        Charges charges = new Charges();
        List<Step> lookedInto = failures.subList(Math.max(0, failures.size() - FAILURES), failures.size());
        for (Step failure : lookedInto) {
            Suspicion.of(window.steps(), failure, Upstream.of(now, window.steps(), failure), charges);
        }
        List<Suspect> agents = charges.agents();
        Cut<Suspect> listed = new Cut<>(limit);
        agents.stream().takeWhile(agent -> listed.fits(agent.characters())).forEach(listed::add);
        return new Suspects(
                query.taskId(),
                swarmId,
                lookedInto.stream().map(Step::exhibit).toList(),
                failures.size(),
                listed.items(),
                agents.size(),
                charges.steps(limit),
                charges.stepCount(),
                window.considered(),
                window.from(),
                window.isWhole() && lookedInto.size() == failures.size(),
                RULES);
    }
}
