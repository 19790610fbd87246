package io.swarmledger.query.suspect;

import io.swarmledger.query.log.EventLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What may have led to a failure: it goes back over a window and takes each step from which there is a way to it. The ways
 * are the causes that are recorded, a task and what it depends on or is made of, the work at it, messages to whoever was at
 * work, and memories that were read. Of the task that failed only the last attempt counts.
 */
final class Upstream {

    /** So many causes from before the window, or of another swarm, are followed. */
    private static final int FURTHER = 100;

    private final Step failure;
    private final long attemptAfter;
    private final Map<String, Set<String>> parts = new HashMap<>();
    private final Set<String> tasks = new HashSet<>();
    private final Set<String> agents = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private final Set<String> named = new HashSet<>();

    private Upstream(List<Step> window, Step failure) {
        this.failure = failure;
        this.attemptAfter = endOfAttemptBefore(window, failure);
        for (Step step : window) {
            if (step.isOfTask() && !step.waitsFor().isEmpty()) {
                partsOf(step.aggregateId()).addAll(step.waitsFor());
            }
            if (step.is(Step.TASK_CREATED) && step.text("parentTaskId") != null) {
                partsOf(step.text("parentTaskId")).add(step.aggregateId());
            }
        }
    }

    private Set<String> partsOf(String task) {
        return parts.computeIfAbsent(task, of -> new HashSet<>());
    }

    private static long endOfAttemptBefore(List<Step> window, Step failure) {
        return window.stream()
                .filter(step -> step.is(Step.TASK_FAILED) || step.is(Step.TASK_COMPLETED))
                .filter(step -> step.aggregateId().equals(failure.task()) && step.position() < failure.position())
                .mapToLong(Step::position)
                .max()
                .orElse(0);
    }

    /** The steps that may have led to a failure, with itself, in the order of the log. */
    static List<Step> of(EventLog log, List<Step> window, Step failure) {
        return new Upstream(window, failure).find(log, window);
    }

    private List<Step> find(EventLog log, List<Step> window) {
        List<Step> found = new ArrayList<>();
        take(failure, found);
        for (int i = window.size() - 1; i >= 0; i--) {
            Step step = window.get(i);
            if (step.position() < failure.position() && leadsThere(step)) {
                take(step, found);
            }
        }
        for (int i = 0; i < FURTHER && !named.isEmpty(); i++) {
            further(log).ifPresent(step -> take(step, found));
        }
        found.sort(Comparator.comparingLong(Step::position));
        return found;
    }

    private boolean leadsThere(Step step) {
        if (named.remove(step.eventId())) {
            return true;
        }
        boolean isOfOtherAttempt = step.position() <= attemptAfter
                && step.task() != null
                && step.task().equals(failure.task())
                && !step.is(Step.TASK_CREATED);
        if (isOfOtherAttempt) {
            return false;
        }
        if (step.isOfTask()) {
            return tasks.contains(step.aggregateId());
        }
        if (step.is(Step.STORED) && read.remove(step.aggregateId())) {
            return true;
        }
        return isToldToOneAtWork(step)
                || step.agent() != null
                        && (step.task() == null ? agents.contains(step.agent()) : tasks.contains(step.task()));
    }

    private boolean isToldToOneAtWork(Step step) {
        return step.is(Step.SAID)
                && agents.contains(step.text("to"))
                && (step.othersTask() == null || tasks.contains(step.othersTask()));
    }

    private void take(Step step, List<Step> found) {
        found.add(step);
        if (step.causationId() != null) {
            named.add(step.causationId());
        }
        if (step.agent() != null) {
            agents.add(step.agent());
        }
        if (step.is(Step.READ)) {
            read.add(step.aggregateId());
        }
        if (step.task() != null) {
            addWithParts(step.task());
        }
    }

    private void addWithParts(String first) {
        Deque<String> next = new ArrayDeque<>(List.of(first));
        while (!next.isEmpty()) {
            String task = next.pop();
            if (tasks.add(task)) {
                next.addAll(parts.getOrDefault(task, Set.of()));
            }
        }
    }

    /** A cause that somebody named, and that is not in the window. */
    private Optional<Step> further(EventLog log) {
        String id = named.iterator().next();
        named.remove(id);
        return log.byId(id).filter(row -> row.position() < failure.position()).map(row -> new Work()
                .next(Step.of(row)));
    }
}
