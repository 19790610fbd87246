package io.swarmledger.query.suspect;

import io.swarmledger.query.Recorded;
import io.swarmledger.query.log.EventLog;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Puts attempts at tasks together from what happened, with what they can be told apart by. */
final class Attempts {

    private static final int SIXTHS = 6;

    /** So many agents and tasks are looked up whose beginning is before what is looked at. */
    private static final int LOOKED_UP = 1_000;

    private static final Set<String> BESIDE =
            Set.of(Step.AGENT_SPAWNED, Step.AGENT_ASSIGNED, Step.AGENT_DONE, Step.AGENT_STOPPED, Step.PHASE);

    /** Between two ends of a task one of these says that there were two attempts; a call does too. */
    private static final Set<String> BEGINNINGS = Set.of(Step.TASK_QUEUED, Step.TASK_STARTED, Step.AGENT_ASSIGNED);

    private final EventLog log;
    private final Map<String, Task> tasks = new HashMap<>();
    private final Map<String, String> roles = new HashMap<>();
    private final Map<String, String> phases = new HashMap<>();
    private final Map<String, Span> spans = new HashMap<>();
    private final List<Attempt> ended = new ArrayList<>();
    private int lookedUp;

    private Attempts(EventLog log) {
        this.log = log;
    }

    /** What attempts are made of; the rest need not be kept. */
    static boolean isOfAttempts(Step step) {
        return step.isOfTask() || step.isCall() || BESIDE.contains(step.type());
    }

    /** A task, as far as it has come. */
    private static final class Task {

        private final Set<String> tools = new TreeSet<>();
        private final Set<String> models = new TreeSet<>();
        private String type;
        private boolean isKnownFromTheBeginning;
        private int ends;
        private boolean isAtIt;

        void begin(String taskType) {
            tools.clear();
            models.clear();
            type = taskType;
            isKnownFromTheBeginning = true;
            ends = 0;
            isAtIt = true;
        }
    }

    /** From when to when something is known of a swarm, epoch milliseconds. */
    private static final class Span {

        private double first = Double.MAX_VALUE;
        private double last = -Double.MAX_VALUE;

        void with(double time) {
            if (time != Recorded.NEVER) {
                first = Math.min(first, time);
                last = Math.max(last, time);
            }
        }

        int sixth(double time) {
            return last <= first ? 1 : Math.min(SIXTHS, 1 + (int) (SIXTHS * ((time - first) / (last - first))));
        }
    }

    /** The attempts that ended in a window, in the order in which they did, of those whose end is meant. */
    static List<Attempt> in(Window window, EventLog log, Predicate<Step> isMeant) {
        Attempts attempts = new Attempts(log);
        window.steps().forEach(step -> attempts.spans
                .computeIfAbsent(step.swarmId(), swarm -> new Span())
                .with(step.time()));
        window.steps().forEach(step -> attempts.next(step, isMeant));
        return attempts.ended;
    }

    private void next(Step step, Predicate<Step> isMeant) {
        if (step.is(Step.AGENT_SPAWNED)) {
            roles.put(step.aggregateId(), step.text("role"));
        } else if (step.is(Step.PHASE)) {
            phases.put(step.swarmId(), step.text("newPhase"));
        } else if (step.task() != null) {
            Task task = tasks.computeIfAbsent(step.task(), id -> new Task());
            if (step.is(Step.TASK_CREATED)) {
                task.begin(step.text("taskType"));
            } else if (step.is(Step.TASK_FAILED) || step.is(Step.TASK_COMPLETED)) {
                end(task, step, isMeant);
            } else {
                task.isAtIt |= step.isCall() || BEGINNINGS.contains(step.type());
                called(task, step);
            }
        }
    }

    private static void called(Task task, Step step) {
        if (step.isCall() && step.called() != null && !step.called().isBlank()) {
            (step.text("tool") != null ? task.tools : task.models).add(step.called());
        }
    }

    /** That an attempt ended may be told twice. */
    private void end(Task task, Step step, Predicate<Step> isMeant) {
        if (task.isAtIt || task.ends == 0) {
            if (isMeant.test(step)) {
                ended.add(attempt(task, step));
            }
            task.ends++;
        }
        task.isAtIt = false;
        task.tools.clear();
        task.models.clear();
    }

    private Attempt attempt(Task task, Step end) {
        Map<Attribute, List<String>> known = new EnumMap<>(Attribute.class);
        put(known, Attribute.AGENT, end.agent());
        put(known, Attribute.ROLE, end.agent() == null ? null : role(end.agent()));
        put(known, Attribute.TYPE, task.isKnownFromTheBeginning ? task.type : type(task, end.aggregateId()));
        put(known, Attribute.ATTEMPT, task.isKnownFromTheBeginning ? String.valueOf(task.ends + 1) : null);
        known.put(Attribute.MODEL, List.copyOf(task.models));
        known.put(Attribute.TOOL, List.copyOf(task.tools));
        put(known, Attribute.PHASE, phases.get(end.swarmId()));
        put(known, Attribute.SIXTH, String.valueOf(spans.get(end.swarmId()).sixth(end.time())));
        put(known, Attribute.HOUR, hour(end.time()));
        Map<String, List<String>> attributes = new HashMap<>();
        known.forEach((attribute, values) -> {
            if (!values.isEmpty()) {
                attributes.put(attribute.label(), values);
            }
        });
        return new Attempt(
                end.aggregateId(),
                end.is(Step.TASK_FAILED) ? "failed" : "completed",
                end.agent(),
                end.eventId(),
                end.position(),
                end.timestamp(),
                end.swarmId(),
                attributes);
    }

    private static void put(Map<Attribute, List<String>> known, Attribute attribute, String value) {
        if (value != null && !value.isBlank()) {
            known.put(attribute, List.of(value));
        }
    }

    /** A time that is none has no hour. */
    private static String hour(double time) {
        return Math.abs(time) > Long.MAX_VALUE
                ? null
                : String.valueOf(Instant.ofEpochMilli((long) time)
                        .atOffset(ZoneOffset.UTC)
                        .getHour());
    }

    private String role(String agent) {
        if (!roles.containsKey(agent)) {
            roles.put(agent, atBirth(agent, Step.AGENT_SPAWNED, "role"));
        }
        return roles.get(agent);
    }

    private String type(Task task, String id) {
        if (task.type == null) {
            task.type = atBirth(id, Step.TASK_CREATED, "taskType");
        }
        return task.type;
    }

    /** What the first event of something says that began before what is looked at. */
    private String atBirth(String id, String type, String name) {
        if (lookedUp++ >= LOOKED_UP) {
            return null;
        }
        return log.first(id, 0)
                .filter(row -> row.type().equals(type))
                .map(row -> Step.of(row).text(name))
                .orElse(null);
    }
}
