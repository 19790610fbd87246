package io.swarmledger.query.suspect;

import io.swarmledger.query.failure.FailureTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What speaks against whom, of the steps that led to one failure: each rule of {@link SuspectRule} looked for. */
final class Suspicion {

    /** So often the same is a repetition: twice may be a second try. */
    static final int REPEATED = 3;

    /** What models stop with that had more to say. */
    private static final Set<String> CUT = Set.of("max_tokens", "length", "model_context_window_exceeded");

    private static final String USER = "user";

    /** These say that an agent goes on. */
    private static final Set<String> ACTS = Set.of(
            FailureTypes.TOOL_CALLED,
            "agent:model-called",
            Step.SAID,
            Step.AGENT_DONE,
            Step.TASK_COMPLETED,
            Step.STORED,
            Step.READ);

    private final Step failure;
    private final List<Step> steps;
    private final Charges charges;
    private final Map<String, Step> byId = new HashMap<>();
    private final Map<List<String>, Step> lastAct = new HashMap<>();
    /** The last that was not one more try of what the last act had tried in vain. */
    private final Map<List<String>, Step> lastOtherAct = new HashMap<>();

    private final Map<List<String>, Long> lastSuccess = new HashMap<>();
    private final Map<String, Long> completed = new HashMap<>();
    private final Map<String, Long> lastOfAgent = new HashMap<>();
    private final Map<String, Step> lastOfTask = new HashMap<>();
    private final Set<String> failedTasks = new HashSet<>();
    private final Map<String, Long> begunAgain = new HashMap<>();
    private final Map<List<String>, Long> lastHandedOn = new HashMap<>();

    private Suspicion(List<Step> window, Step failure, List<Step> upstream, Charges charges) {
        this.failure = failure;
        this.steps = upstream;
        this.charges = charges;
        window.stream().filter(step -> step.position() < failure.position()).forEach(this::remember);
        steps.forEach(step -> byId.put(step.eventId(), step));
    }

    private void remember(Step step) {
        if (step.agent() != null) {
            lastOfAgent.put(step.agent(), step.position());
        }
        if (step.isOfTask()) {
            lastOfTask.put(step.aggregateId(), step);
        }
        if (step.task() != null && (step.is(Step.TASK_FAILED) || step.is(Step.AGENT_FAILED))) {
            failedTasks.add(step.task());
        } else if ((step.is(Step.TASK_STARTED) || step.is(Step.AGENT_ASSIGNED)) && failedTasks.remove(step.task())) {
            begunAgain.put(step.task(), step.position());
        }
        if (ACTS.contains(step.type()) && step.agent() != null) {
            acts(step);
        }
        if (step.agent() != null && isHandedOn(step)) {
            lastHandedOn.put(atWork(step), step.position());
        }
        if (step.isCall() && step.text("error") == null) {
            lastSuccess.put(called(step), step.position());
        }
        if (step.is(Step.TASK_COMPLETED)) {
            completed.put(step.aggregateId(), step.position());
        }
        if (step.agent() != null && (step.is(Step.TASK_COMPLETED) || step.is(Step.AGENT_DONE))) {
            completed.put("agent " + step.agent(), step.position());
        }
    }

    private void acts(Step step) {
        Step before = lastAct.put(atWork(step), step);
        if (before != null && !isSameTry(before, step)) {
            lastOtherAct.put(atWork(step), before);
        }
    }

    private static boolean isSameTry(Step one, Step other) {
        return one.isFailedCall() && other.isFailedCall() && called(one).equals(called(other));
    }

    private static List<String> atWork(Step step) {
        return List.of(step.agent(), String.valueOf(step.task()));
    }

    /** Another model may stand in for one that fails; a tool does what no other does. */
    private static List<String> called(Step call) {
        return List.of(
                call.agent(),
                String.valueOf(call.task()),
                call.type(),
                call.is(FailureTypes.TOOL_CALLED) ? String.valueOf(call.text("tool")) : "");
    }

    /**
     * Looks for whatever speaks against somebody.
     *
     * @param window whatever happened, {@code upstream} what of it led to the failure
     */
    static void of(List<Step> window, Step failure, List<Step> upstream, Charges charges) {
        charges.of(failure);
        Suspicion suspicion = new Suspicion(window, failure, upstream, charges);
        suspicion.firstFailure();
        suspicion.memoriesOfFailed(window);
        suspicion.ignoredErrors();
        suspicion.startedEarly();
        suspicion.handoffs();
        suspicion.repeated();
        suspicion.cutShort();
        suspicion.tookPart();
    }

    private boolean isFailure(Step step) {
        return step.eventId().equals(failure.eventId());
    }

    private boolean isMadeGood(Step failed) {
        return switch (failed.type()) {
            case Step.TASK_FAILED -> completed.getOrDefault(failed.aggregateId(), 0L) > failed.position();
            case Step.AGENT_FAILED -> completed.getOrDefault("agent " + failed.agent(), 0L) > failed.position();
            case Step.SWARM_ERROR -> false;
            default -> lastSuccess.getOrDefault(called(failed), 0L) > failed.position();
        };
    }

    /** Whether the agent did anything else at it than to try the same again. */
    private boolean wentOn(Step call) {
        Step last = wentOnWith(call);
        return last != null && last.position() > call.position();
    }

    private Step wentOnWith(Step call) {
        Step last = lastAct.get(atWork(call));
        return last != null && isSameTry(last, call) ? lastOtherAct.get(atWork(call)) : last;
    }

    /** It is of an attempt that failed; what became of the next one is another story, even if it is one because of this. */
    private boolean isOfEarlierAttempt(Step step) {
        return step.task() != null && begunAgain.getOrDefault(step.task(), 0L) > step.position();
    }

    private void firstFailure() {
        Set<String> recorded = recordedCauses();
        steps.stream()
                .filter(step -> step.isFailure() && !isFailure(step) && !isMadeGood(step) && !isOfEarlierAttempt(step))
                .filter(step -> recorded.contains(step.eventId()) || !step.isFailedCall() || !wentOn(step))
                .findFirst()
                .ifPresent(first -> charges.against(
                        first.agent(),
                        first,
                        SuspectRule.FIRST_FAILURE,
                        recorded.contains(first.eventId())
                                ? "recorded causes lead from the failure back to this one"
                                : "it failed before, at what led to the failure",
                        List.of(first, failure)));
    }

    private Set<String> recordedCauses() {
        Set<String> causes = new HashSet<>();
        Step step = failure;
        while (step != null && step.causationId() != null && causes.add(step.causationId())) {
            step = byId.get(step.causationId());
        }
        return causes;
    }

    private void memoriesOfFailed(List<Step> window) {
        Map<String, List<Step>> failures = new HashMap<>();
        for (Step step : window) {
            boolean isFailed = step.is(Step.AGENT_FAILED) || step.is(Step.TASK_FAILED);
            if (isFailed && step.agent() != null && step.position() < failure.position() && !isMadeGood(step)) {
                failures.computeIfAbsent(step.agent(), agent -> new ArrayList<>())
                        .add(step);
            }
        }
        Map<String, Step> stored = new HashMap<>();
        Set<Long> upstream = steps.stream().map(Step::position).collect(Collectors.toSet());
        for (Step step : window) {
            if (step.is(Step.STORED)) {
                stored.put(step.aggregateId(), step);
            } else if (step.is(Step.READ)
                    && upstream.contains(step.position())
                    && stored.containsKey(step.aggregateId())) {
                Step written = stored.get(step.aggregateId());
                failures.getOrDefault(written.agent(), List.of()).stream()
                        .filter(failed -> isOfOneWork(written, failed))
                        .findFirst()
                        .ifPresent(failed -> memoryOfFailed(written, step, failed));
            }
        }
    }

    /** What an agent wrote at another task than the one that it failed at may well be right. */
    private static boolean isOfOneWork(Step one, Step other) {
        return one.task() == null || other.task() == null || one.task().equals(other.task());
    }

    private void memoryOfFailed(Step written, Step read, Step failed) {
        charges.against(
                written.agent(),
                written,
                SuspectRule.MEMORY_OF_FAILED,
                (read.agent() == null ? "it" : read.agent()) + " read what " + written.agent()
                        + " had written, which failed",
                List.of(written, read, failed));
    }

    private void ignoredErrors() {
        groups(step -> step.isFailedCall() && !isMadeGood(step) && wentOn(step) ? called(step) : null)
                .forEach(failed -> {
                    Step first = failed.get(0);
                    List<Step> events = new ArrayList<>(failed);
                    events.add(wentOnWith(first));
                    charges.against(
                            first.agent(),
                            first,
                            SuspectRule.IGNORED_ERROR,
                            first.called() + " failed " + times(failed.size())
                                    + ", did not succeed afterwards, and the agent went on",
                            events);
                });
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    /** Steps that have something in common, each group in the order of the log, as the groups are; {@code null} is none. */
    private Collection<List<Step>> groups(Function<Step, List<String>> common) {
        Map<List<String>, List<Step>> groups = new LinkedHashMap<>();
        for (Step step : steps) {
            List<String> key = step.agent() == null || isOfEarlierAttempt(step) ? null : common.apply(step);
            if (key != null) {
                groups.computeIfAbsent(key, none -> new ArrayList<>()).add(step);
            }
        }
        return groups.values();
    }

    private void startedEarly() {
        Map<String, Set<String>> waitsFor = new HashMap<>();
        Map<String, Long> completedAt = new HashMap<>();
        for (Step step : steps) {
            if (step.is(Step.TASK_CREATED)) {
                waitsFor.put(step.aggregateId(), Set.copyOf(step.waitsFor()));
            } else if (step.is(Step.TASK_COMPLETED)) {
                completedAt.put(step.aggregateId(), step.position());
            } else if (step.is(Step.TASK_STARTED)) {
                List<Step> open = waitsFor.getOrDefault(step.aggregateId(), Set.of()).stream()
                        .filter(task -> !completedAt.containsKey(task))
                        .map(lastOfTask::get)
                        .filter(Objects::nonNull)
                        .sorted(Comparator.comparingLong(Step::position))
                        .toList();
                if (!open.isEmpty()) {
                    List<Step> events = new ArrayList<>(open);
                    events.add(step);
                    charges.against(
                            step.agent(),
                            step,
                            SuspectRule.STARTED_EARLY,
                            "it was started when " + open.get(0).aggregateId()
                                    + (open.size() == 1 ? "" : " and " + (open.size() - 1) + " more")
                                    + ", which it depends on, had not been completed",
                            events);
                }
            }
        }
    }

    private void handoffs() {
        groups(step -> isUnanswered(step) ? List.of("said", step.text("to")) : null)
                .forEach(said -> charges.against(
                        said.get(0).text("to"),
                        said.get(0),
                        SuspectRule.NO_RESULT,
                        said.get(0).agent() + " told " + said.get(0).text("to") + " something " + times(said.size())
                                + " and went on; nothing was heard of it afterwards",
                        said));
        takenOver();
        Set<String> handedOn = parts();
        for (Step step : steps) {
            if (step.is(Step.AGENT_ASSIGNED) && !isHeardAfter(step.agent(), step)) {
                charges.against(
                        step.agent(),
                        step,
                        SuspectRule.NO_RESULT,
                        step.task() + " was given to " + step.agent() + ", of which nothing was heard afterwards",
                        List.of(step));
            } else if (step.is(Step.TASK_CREATED) && handedOn.contains(step.aggregateId())) {
                unfinished(step);
            }
        }
    }

    /** Whoever was given a task and handed nothing on before another took it over, and was not heard of again. */
    private void takenOver() {
        Map<String, Step> holders = new HashMap<>();
        for (Step step : steps) {
            if (Set.of(Step.TASK_FAILED, Step.TASK_COMPLETED, Step.AGENT_FAILED).contains(step.type())) {
                holders.remove(step.task());
            } else if (step.is(Step.AGENT_ASSIGNED) || step.is(Step.TASK_STARTED)) {
                Step given = holders.get(step.task());
                if (given == null || given.agent() == null) {
                    holders.put(step.task(), step);
                } else if (!given.agent().equals(step.agent())) {
                    holders.put(step.task(), step);
                    boolean isDone = lastHandedOn.getOrDefault(atWork(given), 0L) > given.position();
                    if (!isDone && !isHeardAfter(given.agent(), step) && isHeardAfter(given.agent(), given)) {
                        charges.against(
                                given.agent(),
                                given,
                                SuspectRule.NO_RESULT,
                                step.task() + " was given to " + given.agent() + ", and " + step.agent()
                                        + " took it over before anything came of it",
                                List.of(given, step));
                    }
                }
            }
        }
    }

    private boolean isUnanswered(Step step) {
        String to = step.text("to");
        return step.is(Step.SAID)
                && to != null
                && !to.equals(USER)
                && !to.equals(step.agent())
                && !isHeardAfter(to, step)
                && wentOn(step);
    }

    private boolean isHeardAfter(String agent, Step step) {
        return lastOfAgent.getOrDefault(agent, 0L) > step.position();
    }

    /** The tasks that the one that failed is made of, and those of which these are. */
    private Set<String> parts() {
        Set<String> parts = new HashSet<>();
        for (Step step : steps) {
            String parent = step.is(Step.TASK_CREATED) ? step.text("parentTaskId") : null;
            if (parent != null && (parent.equals(failure.task()) || parts.contains(parent))) {
                parts.add(step.aggregateId());
            }
        }
        return parts;
    }

    /** A part of what failed that came to no end. */
    private void unfinished(Step created) {
        Step last = lastOfTask.getOrDefault(created.aggregateId(), created);
        if (Set.of(Step.TASK_COMPLETED, Step.TASK_FAILED, Step.TASK_CANCELLED).contains(last.type())) {
            return;
        }
        charges.against(
                last.agent(),
                last,
                SuspectRule.NO_RESULT,
                created.aggregateId() + ", a part of what failed, had come to no end",
                last == created ? List.of(created) : List.of(created, last));
    }

    private void repeated() {
        groups(Suspicion::same).forEach(same -> {
            long answers = same.stream()
                    .map(step -> step.text("error") != null ? "error" : step.text("outputDigest"))
                    .filter(Objects::nonNull)
                    .distinct()
                    .count();
            if (same.size() >= REPEATED && answers <= 1) {
                Step first = same.get(0);
                charges.against(
                        first.agent(),
                        first,
                        SuspectRule.REPEATED,
                        first.is(Step.SAID)
                                ? "it said the same " + times(same.size()) + " to " + first.text("to")
                                : "it called " + first.called() + " " + times(same.size())
                                        + " with the same input, and nothing new came of it",
                        same);
            }
        });
    }

    /** What a call or a message has in common with one that is the same. */
    private static List<String> same(Step step) {
        String task = String.valueOf(step.task());
        if (step.is(FailureTypes.TOOL_CALLED) && step.text("inputDigest") != null) {
            return List.of(
                    step.type(), step.agent(), task, String.valueOf(step.text("tool")), step.text("inputDigest"));
        }
        return step.is(Step.SAID) && step.text("digest") != null
                ? List.of(step.type(), step.agent(), task, String.valueOf(step.text("to")), step.text("digest"))
                : null;
    }

    private void cutShort() {
        steps.stream()
                .filter(step -> step.text("stopReason") != null
                        && CUT.contains(step.text("stopReason").toLowerCase(Locale.ROOT)))
                .forEach(step -> charges.against(
                        step.agent(),
                        step,
                        SuspectRule.CUT_SHORT,
                        "its answer ended with " + step.text("stopReason"),
                        List.of(step)));
    }

    /** Whoever was at work on what failed is named for that, and all others for the first that they handed on. */
    private void tookPart() {
        if (failure.agent() != null) {
            charges.against(
                    failure.agent(), failure, SuspectRule.AT_WORK, "it was at work on it then", List.of(failure));
        }
        Map<String, Step> first = new LinkedHashMap<>();
        Map<String, Step> handedOn = new HashMap<>();
        for (Step step : steps) {
            if (step.agent() == null || step.agent().equals(failure.agent())) {
                continue;
            }
            if (ACTS.contains(step.type()) || step.is(Step.TASK_CREATED)) {
                first.putIfAbsent(step.agent(), step);
            }
            if (isHandedOn(step)) {
                handedOn.putIfAbsent(step.agent(), step);
            }
        }
        first.forEach((agent, step) -> charges.against(
                agent,
                handedOn.getOrDefault(agent, step),
                SuspectRule.TOOK_PART,
                handedOn.containsKey(agent)
                        ? "the first that it handed on, and that the work went on with"
                        : "the first that it did of what led here",
                List.of(handedOn.getOrDefault(agent, step))));
    }

    private static boolean isHandedOn(Step step) {
        return switch (step.type()) {
            case Step.SAID -> !step.agent().equals(step.text("to"));
            case Step.TASK_COMPLETED, Step.AGENT_DONE, Step.STORED, Step.TASK_CREATED -> true;
            default -> false;
        };
    }
}
