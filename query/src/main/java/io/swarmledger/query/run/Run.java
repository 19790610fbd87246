package io.swarmledger.query.run;

import io.swarmledger.events.Durations;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentEvent;
import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.events.agent.AgentMessageSent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.events.agent.AgentStopped;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.events.swarm.SwarmEvent;
import io.swarmledger.events.swarm.SwarmFailed;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmMilestoneReached;
import io.swarmledger.events.swarm.SwarmPhaseChanged;
import io.swarmledger.events.swarm.SwarmTerminated;
import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCancelled;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskEvent;
import io.swarmledger.events.task.TaskFailed;
import io.swarmledger.events.task.TaskQueued;
import io.swarmledger.events.task.TaskStarted;
import io.swarmledger.query.Finite;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.failure.Fingerprint;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.run.FindSteps.Step;
import io.swarmledger.query.run.RunSummary.Lane;
import io.swarmledger.query.usage.CallSums;
import io.swarmledger.query.view.UnreadableEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/** What happened in a run, put together event by event; it may be read on when there are more. Guarded by itself. */
final class Run {

    /** So many events of a run are read. */
    static final int MOST = 250_000;

    /** No further ones once what is kept of them holds so much memory, bytes. */
    private static final long BYTES = 48L << 20;

    private static final int SAID = 160;

    final String swarmId;
    final long from;
    final Map<String, RunTask> tasks = new LinkedHashMap<>();
    final Map<String, RunAgent> agents = new LinkedHashMap<>();
    final List<RunStep> steps = new ArrayList<>();
    CallSums calls = CallSums.NONE;
    long position;
    long events;
    long failedCalls;
    long unreadable;
    boolean isWhole = true;
    double startedAt = Double.NaN;
    double endedAt = Double.NaN;

    private final List<RunStep> failures = new ArrayList<>();
    private final Map<String, String> known = new HashMap<>();
    private double last;
    private long lastPosition;
    private TimeAxis axis;
    private long axisOf;
    private long bytes;

    Run(String swarmId, long from) {
        this.swarmId = swarmId;
        this.from = from;
        this.position = from;
    }

    /** Memory that it holds, about, bytes. */
    long bytes() {
        return 1_000 + bytes;
    }

    /** The position of the last event of it that was read; 0 if there is none. */
    long lastPosition() {
        return lastPosition;
    }

    /** Where its times are drawn. */
    TimeAxis axis() {
        if (axis == null || axisOf != events) {
            axis = TimeAxis.of(steps.stream()
                    .flatMapToDouble(step -> DoubleStream.of(step.began(), step.time()))
                    .toArray());
            axisOf = events;
        }
        return axis;
    }

    double startedAt() {
        return steps.stream().mapToDouble(RunStep::began).reduce(startedAt, Math::min);
    }

    /** What each agent did, and behind that what nobody has begun, if there is such. */
    List<Lane> lanes() {
        Map<String, Double> busy = new HashMap<>();
        tasks.values().stream()
                .flatMap(task -> task.attempts.stream())
                .forEach(one -> busy.merge(
                        one.agent() == null ? Drawing.NOBODY : one.agent(),
                        (one.goesOn() ? Math.max(one.began(), endedAt) : one.ended()) - one.began(),
                        Double::sum));
        List<Lane> lanes = new ArrayList<>();
        agents.values().forEach(agent -> lanes.add(lane(agent, busy.getOrDefault(agent.id, 0.0))));
        long waiting = tasks.values().stream().filter(RunTask::isWaiting).count();
        if (waiting > 0 || busy.containsKey(Drawing.NOBODY)) {
            lanes.add(new Lane(null, null, null, 0, 0, 0, 0, 0, 0, 0, null, busy.getOrDefault(Drawing.NOBODY, 0.0)));
        }
        return lanes;
    }

    private static Lane lane(RunAgent agent, double busy) {
        return new Lane(
                agent.id,
                agent.name,
                agent.role,
                agent.attempts,
                agent.completed,
                agent.failures,
                agent.errors,
                Beside.callsOf(agent.calls),
                agent.failedCalls,
                agent.calls.tokens(),
                agent.calls.costUsd(),
                busy);
    }

    /** The steps that are asked for. */
    List<Step> found(FindSteps query) {
        if (query.positions() != null) {
            return at(query.positions());
        }
        String which = query.which();
        if (which.equals("failures")) {
            return failures.subList(Math.max(0, failures.size() - FindSteps.FAILURES), failures.size()).stream()
                    .map(this::told)
                    .toList();
        }
        if (which.equals("until") && query.at() != null) {
            // Times need not rise.
            return steps.stream()
                    .filter(step -> step.time() <= query.at())
                    .reduce((one, other) -> other)
                    .map(step -> List.of(told(step)))
                    .orElse(List.of());
        }
        List<RunStep> among = which.endsWith("failure") ? failures : steps;
        int at = which.startsWith("next") ? next(among, query.position()) : previous(among, query.position(), which);
        return at < 0 || at >= among.size() ? List.of() : List.of(told(among.get(at)));
    }

    private List<Step> at(List<Long> positions) {
        List<Step> found = new ArrayList<>();
        for (long position : new TreeSet<>(positions)) {
            for (int at = behind(steps, position - 1);
                    at < steps.size() && steps.get(at).position() == position;
                    at++) {
                found.add(told(steps.get(at)));
            }
        }
        return found;
    }

    private static int next(List<RunStep> among, Long position) {
        return position == null ? 0 : behind(among, position);
    }

    private static int previous(List<RunStep> among, Long position, String which) {
        return position == null ? among.size() - 1 : behind(among, which.equals("until") ? position : position - 1) - 1;
    }

    /** The index of the first one behind a position. */
    private static int behind(List<RunStep> among, long position) {
        int low = 0;
        int high = among.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (among.get(middle).position() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** In the lane of whoever works at its task, where nobody did it. */
    private Step told(RunStep step) {
        String said = step.isCall() && step.label() != null
                ? step.label() + (step.said() == null ? "" : ": " + step.said())
                : step.said();
        String agent = step.agent() != null || step.task() == null ? step.agent() : tasks.get(step.task()).agent;
        return new Step(step.position(), step.time(), step.type(), agent, step.task(), step.isFailure(), said);
    }

    /** An order among runs, for whoever locks two. */
    boolean isBefore(Run other) {
        int compared = swarmId.compareTo(other.swarmId);
        return compared < 0 || compared == 0 && from <= other.from;
    }

    /** Reads on, up to a position. */
    void read(EventLog now, EventReader reader, long upTo) {
        EventCriteria ofSwarm = EventCriteria.ALL.withSwarmId(swarmId);
        boolean isAll = position >= upTo;
        while (!isAll && isWhole) {
            EventLog.Part part = now.read(position, upTo, ofSwarm, Budget.PAGE);
            part.rows().forEach(row -> next(row, reader));
            isAll = part.isAll();
            position = isAll ? upTo : part.last(position);
            isWhole = isAll || events < MOST && bytes < BYTES;
        }
    }

    private void next(LogRow row, EventReader reader) {
        events++;
        lastPosition = row.position();
        last = row.time() == Recorded.NEVER ? last : row.time();
        startedAt = Double.isNaN(startedAt) ? last : Math.min(startedAt, last);
        endedAt = Double.isNaN(endedAt) ? last : Math.max(endedAt, last);
        List<LedgerEvent> read;
        try {
            LedgerEvent call = PlainCalls.of(row);
            read = call == null ? reader.events(row).toList() : List.of(call);
        } catch (UnreadableEvent damaged) {
            unreadable++;
            return;
        }
        for (LedgerEvent event : read) {
            if (event instanceof TaskEvent told) {
                task(row, told);
            } else if (event instanceof AgentEvent told) {
                agent(row, told);
            } else if (event instanceof SwarmEvent told) {
                swarm(row, told);
            }
        }
    }

    private RunTask task(String id) {
        return tasks.computeIfAbsent(id, name -> {
            bytes += 600 + 2L * name.length();
            return new RunTask(name);
        });
    }

    private RunAgent agent(String id) {
        return agents.computeIfAbsent(id, name -> {
            bytes += 400 + 2L * name.length();
            return new RunAgent(name);
        });
    }

    private void task(LogRow row, TaskEvent event) {
        RunTask task = task(row.aggregateId());
        task.eventId = row.id();
        task.position = row.position();
        if (event instanceof TaskCreated created) {
            task.beginsAnew();
            task.title = line(created.title());
            task.type = line(created.taskType());
            task.createdAt = row.recorded().timeOr(created.createdAt());
            task.waits(last);
            step(row, task, null, null, task.type + "\n" + task.title, null, null, task.title);
        } else if (event instanceof TaskQueued) {
            task.outcome = "queued";
            task.waits(last);
            step(row, task, null, null, null, null, null, null);
        } else if (event instanceof TaskBlocked) {
            task.outcome = "blocked";
            if (task.isAtWork) {
                task.ends("blocked", last, row.position());
            }
            task.waits(last);
            step(row, task, null, null, null, null, null, null);
        } else if (event instanceof TaskStarted started) {
            started(row, task, started);
        } else if (event instanceof TaskCompleted completed) {
            completed(row, task, completed);
        } else if (event instanceof TaskFailed failed) {
            failed(row, task, failed);
        } else if (event instanceof TaskCancelled cancelled) {
            task.outcome = "cancelled";
            if (task.isAtWork) {
                task.ends("cancelled", last, row.position());
            }
            step(row, task, task.agent, null, null, null, null, line(cancelled.reason()));
        }
    }

    private void started(LogRow row, RunTask task, TaskStarted started) {
        task.outcome = "in-progress";
        task.starts++;
        double at = row.recorded().timeOr(started.startedAt());
        task.startedAt = at;
        task.agent = started.agentId() == null ? task.agent : started.agentId();
        task.begins(task.agent, last, row.position());
        bytes += 100;
        if (task.agent != null) {
            RunAgent agent = agent(task.agent);
            agent.attempts++;
            agent.at = task.id;
        }
        step(row, task, task.agent, null, null, null, null, null);
    }

    private void completed(LogRow row, RunTask task, TaskCompleted completed) {
        task.outcome = "completed";
        task.completedPosition = row.position();
        task.digest = ResultDigest.of(completed.result(), task.id, task.agent);
        task.result = line(ResultDigest.text(completed.result()));
        Double duration = Durations.orNone(completed.duration());
        if (duration == null && task.startedAt != null) {
            duration = Finite.clamp(row.recorded().timeOr(completed.completedAt()) - task.startedAt);
        }
        task.duration = duration;
        task.ends("completed", last, row.position());
        if (task.agent != null) {
            agent(task.agent).completed++;
            agent(task.agent).at = null;
        }
        step(row, task, task.agent, null, null, task.digest, null, task.result);
    }

    private void failed(LogRow row, RunTask task, TaskFailed failed) {
        String group = group(failed.error(), failed.stack());
        task.outcome = "failed";
        task.error = line(failed.error());
        task.failures.add(group);
        bytes += 16;
        task.ends("failed", last, row.position());
        task.waits(last);
        if (task.agent != null) {
            agent(task.agent).failures++;
        }
        step(row, task, task.agent, null, null, null, group, task.error);
    }

    private void agent(LogRow row, AgentEvent event) {
        RunAgent agent = agent(row.aggregateId());
        if (event instanceof AgentSpawned spawned) {
            agent.name = line(spawned.name());
            agent.role = line(spawned.role());
            step(row, null, agent.id, null, agent.role, null, null, agent.role);
        } else if (event instanceof AgentTaskAssigned assigned) {
            agent.at = assigned.taskId();
            assigned(row, agent, assigned.taskId());
        } else if (event instanceof AgentTaskCompleted completed) {
            agent.at = null;
            step(
                    row,
                    completed.taskId() == null ? null : task(completed.taskId()),
                    agent.id,
                    null,
                    null,
                    ResultDigest.of(completed.result(), completed.taskId(), agent.id),
                    null,
                    line(ResultDigest.text(completed.result())));
        } else if (event instanceof AgentFailed failed) {
            agent.errors++;
            step(row, null, agent.id, null, null, null, group(failed.error(), failed.stack()), line(failed.error()));
        } else if (event instanceof AgentMessageSent message) {
            String to = message.to();
            step(row, null, agent.id, to, null, null, null, line(message.text()));
        } else if (event instanceof AgentToolCalled call) {
            called(
                    row,
                    agent,
                    event,
                    call.taskId(),
                    call.tool(),
                    call.inputDigest(),
                    call.error(),
                    call.title(),
                    call.duration());
        } else if (event instanceof AgentModelCalled call) {
            called(
                    row,
                    agent,
                    event,
                    call.taskId(),
                    call.model(),
                    null,
                    call.error(),
                    call.stopReason(),
                    call.duration());
        } else if (event instanceof AgentStarted || event instanceof AgentStopped) {
            step(row, null, agent.id, null, null, null, null, null);
        }
    }

    private void assigned(LogRow row, RunAgent agent, String id) {
        RunTask task = id == null ? null : task(id);
        if (task != null && !task.isAtWork) {
            task.agent = agent.id;
            task.waits(last);
        }
        step(row, task, agent.id, null, null, null, null, null);
    }

    private void called(
            LogRow row,
            RunAgent agent,
            LedgerEvent event,
            String taskId,
            String called,
            String input,
            String error,
            String title,
            Double duration) {
        agent.calls = agent.calls.and(event);
        calls = calls.and(event);
        RunTask task = taskId == null ? null : task(taskId);
        if (task != null) {
            task.calls = task.calls.and(event);
        }
        CallSums own = CallSums.NONE.and(event);
        String group = error == null ? null : group(error, null);
        agent.failedCalls += group == null ? 0 : 1;
        failedCalls += group == null ? 0 : 1;
        Double millis = Durations.orNone(duration);
        add(new RunStep(
                row.position(),
                last,
                row.type(),
                task == null ? null : task.id,
                agent.id,
                null,
                intern(line(called)),
                ResultDigest.given(intern(line(input))),
                group,
                line(error != null ? error : title),
                millis == null ? Double.NaN : millis,
                own.tokens(),
                own.costUsd() == null ? Double.NaN : own.costUsd()));
    }

    private void swarm(LogRow row, SwarmEvent event) {
        if (event instanceof SwarmPhaseChanged phase) {
            step(row, null, null, null, line(phase.newPhase()), null, null, line(phase.newPhase()));
        } else if (event instanceof SwarmMilestoneReached milestone) {
            step(row, null, null, null, line(milestone.name()), null, null, line(milestone.name()));
        } else if (event instanceof SwarmFailed failed) {
            step(row, null, null, null, null, null, group(failed.error(), failed.stack()), line(failed.error()));
        } else if (event instanceof SwarmInitialized || event instanceof SwarmTerminated) {
            step(row, null, null, null, null, null, null, null);
        }
    }

    private void step(
            LogRow row,
            RunTask task,
            String agent,
            String to,
            String label,
            ResultDigest digest,
            String error,
            String said) {
        add(new RunStep(
                row.position(),
                last,
                intern(row.type()),
                task == null ? null : task.id,
                agent == null ? null : agent(agent).id,
                intern(to),
                intern(label),
                digest,
                error,
                said,
                Double.NaN,
                0,
                Double.NaN));
    }

    private void add(RunStep step) {
        steps.add(step);
        bytes += step.bytes();
        if (step.isFailure()) {
            failures.add(step);
            bytes += 8;
        }
    }

    /** The group of an error that there is, whatever it says. */
    private String group(String error, String stack) {
        return intern(Fingerprint.of(error, stack));
    }

    private String intern(String text) {
        if (text == null) {
            return null;
        }
        String one = known.putIfAbsent(text, text);
        bytes += one == null ? 100 + 2L * text.length() : 0;
        return one == null ? text : one;
    }

    private static String line(String text) {
        return text == null ? null : Fingerprint.cut(text, SAID);
    }
}
