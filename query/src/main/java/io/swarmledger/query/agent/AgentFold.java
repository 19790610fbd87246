package io.swarmledger.query.agent;

import io.swarmledger.events.Durations;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentEvent;
import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.events.agent.AgentStatusChanged;
import io.swarmledger.events.agent.AgentStopped;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.query.Fold;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.usage.CallSums;
import io.swarmledger.query.view.Growing;
import java.util.ArrayList;
import java.util.List;

/**
 * From an agent and what happened to it to the agent afterwards. After a stop its status and its current task stay as
 * they are, until it is spawned or started again; what counts goes on counting. A completion that is told twice counts
 * once, a duration that cannot be not at all.
 */
public final class AgentFold implements Fold<AgentState> {

    @Override
    public AgentState evolve(AgentState agent, LedgerEvent event, Recorded recorded) {
        if (event instanceof AgentSpawned spawned) {
            return spawned(spawned, recorded);
        }
        if (agent == null || !(event instanceof AgentEvent)) {
            return agent;
        }
        AgentStateBuilder next = AgentStateBuilder.builder(agent)
                .lastActivityAt(recorded.timestamp())
                .lastHeardAt(later(agent.lastHeardAt(), recorded.heardAt()))
                .calls(agent.calls().and(event));
        if (event instanceof AgentStarted started) {
            next.status("active")
                    .startedAt(recorded.timeOr(started.startedAt()))
                    .stoppedAt(null);
        } else if (event instanceof AgentStopped stopped) {
            become(next, agent, "completed", agent.currentTask());
            next.stoppedAt(recorded.timeOr(stopped.stoppedAt()));
        } else if (event instanceof AgentFailed) {
            become(next, agent, "error", agent.currentTask());
            fail(next, agent);
        } else if (event instanceof AgentStatusChanged changed && changed.newStatus() != null) {
            become(next, agent, changed.newStatus(), agent.currentTask());
        } else if (event instanceof AgentTaskAssigned assigned) {
            become(next, agent, "active", assigned.taskId());
            next.openTasks(with(agent.openTasks(), assigned.taskId()));
        } else if (event instanceof AgentTaskCompleted completed) {
            become(next, agent, "idle", null);
            complete(next, agent, completed);
        }
        return next.build();
    }

    /** What is told later of what was before says nothing of how long it has been silent. */
    private static Double later(Double one, Double other) {
        return one == null || other != null && other > one ? other : one;
    }

    private static AgentState spawned(AgentSpawned spawned, Recorded recorded) {
        return AgentStateBuilder.builder()
                .id(recorded.aggregateId())
                .role(spawned.role())
                .domain(spawned.domain())
                .capabilities(spawned.capabilities() != null ? spawned.capabilities() : List.of())
                .status("idle")
                .openTasks(List.of())
                .completedTasks(Growing.empty())
                .failedTasks(Growing.empty())
                .spawnedAt(recorded.timestamp())
                .lastActivityAt(recorded.timestamp())
                .lastHeardAt(recorded.heardAt())
                .name(spawned.name())
                .parentAgentId(spawned.parentAgentId())
                .model(spawned.model())
                .sessionId(spawned.sessionId())
                .calls(CallSums.NONE)
                .swarmId(recorded.swarmId())
                .build();
    }

    private static void become(AgentStateBuilder next, AgentState agent, String status, String currentTask) {
        if (!agent.isStopped()) {
            next.status(status).currentTask(currentTask);
        }
    }

    private static void fail(AgentStateBuilder next, AgentState agent) {
        next.errorCount(agent.errorCount() + 1);
        if (agent.currentTask() != null) {
            if (!agent.completedTasks().has(agent.currentTask())) {
                // Who completes it all the same does so for the first time: nothing is to be remembered for that.
                next.openTasks(without(agent.openTasks(), agent.currentTask()));
            }
            next.failedTasks(agent.failedTasks().with(agent.currentTask())).failuresInARow(agent.failuresInARow() + 1);
        }
    }

    private static void complete(AgentStateBuilder next, AgentState agent, AgentTaskCompleted completed) {
        next.openTasks(without(agent.openTasks(), completed.taskId()));
        if (isToldTwice(agent, completed.taskId())) {
            return;
        }
        next.taskCount(agent.taskCount() + 1).failuresInARow(0);
        if (completed.taskId() != null) {
            next.completedTasks(agent.completedTasks().with(completed.taskId()));
        }
        Double duration = Durations.orNone(completed.duration());
        if (duration != null) {
            next.totalTaskDuration(agent.totalTaskDuration() + duration).timedTasks(agent.timedTasks() + 1);
        }
    }

    /** Whether it has completed that task already, and nobody has assigned it again since. */
    private static boolean isToldTwice(AgentState agent, String taskId) {
        return taskId != null
                && !agent.openTasks().contains(taskId)
                && agent.completedTasks().has(taskId);
    }

    private static List<String> with(List<String> tasks, String taskId) {
        if (taskId == null || tasks.contains(taskId)) {
            return tasks;
        }
        List<String> more = new ArrayList<>(tasks);
        more.add(taskId);
        return List.copyOf(more);
    }

    private static List<String> without(List<String> tasks, String taskId) {
        return taskId != null && tasks.contains(taskId)
                ? tasks.stream().filter(task -> !task.equals(taskId)).toList()
                : tasks;
    }
}
