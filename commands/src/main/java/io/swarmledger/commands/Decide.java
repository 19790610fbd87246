package io.swarmledger.commands;

import io.swarmledger.commands.agent.AgentCommand;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CallModel;
import io.swarmledger.commands.agent.CallTool;
import io.swarmledger.commands.agent.ChangeAgentStatus;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.FailAgent;
import io.swarmledger.commands.agent.SendMessage;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.agent.StopAgent;
import io.swarmledger.commands.memory.DeleteMemory;
import io.swarmledger.commands.memory.ExpireMemory;
import io.swarmledger.commands.memory.MemoryCommand;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.swarm.ChangePhase;
import io.swarmledger.commands.swarm.InitializeSwarm;
import io.swarmledger.commands.swarm.ReachMilestone;
import io.swarmledger.commands.swarm.ReportSwarmError;
import io.swarmledger.commands.swarm.ScaleSwarm;
import io.swarmledger.commands.swarm.SwarmCommand;
import io.swarmledger.commands.swarm.TerminateSwarm;
import io.swarmledger.commands.task.BlockTask;
import io.swarmledger.commands.task.CancelTask;
import io.swarmledger.commands.task.CompleteTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.FailTask;
import io.swarmledger.commands.task.QueueTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.commands.task.TaskCommand;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.agent.AgentEvent;
import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.events.agent.AgentMessageSent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.events.agent.AgentStatusChanged;
import io.swarmledger.events.agent.AgentStopped;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.events.memory.MemoryDeleted;
import io.swarmledger.events.memory.MemoryEvent;
import io.swarmledger.events.memory.MemoryExpired;
import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;
import io.swarmledger.events.swarm.SwarmEvent;
import io.swarmledger.events.swarm.SwarmFailed;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmMilestoneReached;
import io.swarmledger.events.swarm.SwarmPhaseChanged;
import io.swarmledger.events.swarm.SwarmScaled;
import io.swarmledger.events.swarm.SwarmTerminated;
import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCancelled;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskEvent;
import io.swarmledger.events.task.TaskFailed;
import io.swarmledger.events.task.TaskQueued;
import io.swarmledger.events.task.TaskStarted;

/** Finds the command that asks for an event, so that whoever holds an event can have it decided like any other wish. */
public final class Decide {

    private Decide() {}

    /**
     * The command that asks for {@code event} on the stream of {@code aggregateId}.
     *
     * @param event a known event, as far as the caller says: what was left out is {@code null}
     * @throws MalformedCommand if the event names another aggregate, misses what its command requires, or is of a type
     *     that only {@link Observe} takes
     */
    public static LedgerCommand of(String aggregateId, LedgerEvent event) {
        Require.id("aggregateId", aggregateId);
        Require.given("payload", event);
        Facts.checkOwnId(aggregateId, event);
        if (event instanceof AgentEvent agentEvent) {
            return of(aggregateId, agentEvent);
        }
        if (event instanceof TaskEvent taskEvent) {
            return of(aggregateId, taskEvent);
        }
        if (event instanceof MemoryEvent memoryEvent) {
            return of(aggregateId, memoryEvent);
        }
        if (event instanceof SwarmEvent swarmEvent) {
            return of(aggregateId, swarmEvent);
        }
        if (event instanceof OpaqueEvent opaque) {
            throw opaque.unreadableBecause()
                    .map(defect ->
                            new MalformedCommand("payload", "cannot be read as " + opaque.type() + ": " + defect))
                    .orElseGet(() -> new MalformedCommand(
                            "type", "is " + opaque.type() + ", which no rule knows: it can only be observed"));
        }
        throw new MalformedCommand("type", "is none: " + event.getClass().getName() + " is no event of the ledger");
    }

    private static AgentCommand of(String id, AgentEvent event) {
        if (event instanceof AgentSpawned e) {
            return new SpawnAgent(
                    id, e.role(), e.domain(), e.capabilities(), e.name(), e.parentAgentId(), e.model(), e.sessionId());
        }
        if (event instanceof AgentStarted e) {
            return new StartAgent(id, e.startedAt());
        }
        if (event instanceof AgentStopped e) {
            return new StopAgent(id, e.reason(), e.stoppedAt());
        }
        if (event instanceof AgentFailed e) {
            return new FailAgent(id, e.error(), e.stack(), e.failedAt());
        }
        if (event instanceof AgentStatusChanged e) {
            return new ChangeAgentStatus(id, e.previousStatus(), e.newStatus());
        }
        if (event instanceof AgentTaskAssigned e) {
            return new AssignTask(id, e.taskId(), e.assignedAt());
        }
        if (event instanceof AgentToolCalled e) {
            return new CallTool(
                    id,
                    e.callId(),
                    e.tool(),
                    e.title(),
                    e.taskId(),
                    e.calledAt(),
                    e.duration(),
                    e.error(),
                    e.inputSize(),
                    e.inputDigest(),
                    e.outputSize(),
                    e.outputDigest(),
                    e.input(),
                    e.output());
        }
        if (event instanceof AgentModelCalled e) {
            return new CallModel(
                    id,
                    e.callId(),
                    e.model(),
                    e.taskId(),
                    e.calledAt(),
                    e.duration(),
                    e.inputTokens(),
                    e.outputTokens(),
                    e.cacheReadTokens(),
                    e.cacheWriteTokens(),
                    e.costUsd(),
                    e.stopReason(),
                    e.error());
        }
        if (event instanceof AgentMessageSent e) {
            return new SendMessage(id, e.to(), e.sentAt(), e.size(), e.digest(), e.text());
        }
        AgentTaskCompleted e = (AgentTaskCompleted) event;
        return new CompleteAssignedTask(id, e.taskId(), e.result(), e.completedAt(), e.duration());
    }

    private static TaskCommand of(String id, TaskEvent event) {
        if (event instanceof TaskCreated e) {
            return new CreateTask(
                    id,
                    e.taskType(),
                    e.title(),
                    e.description(),
                    e.priority(),
                    e.dependencies(),
                    e.createdAt(),
                    e.parentTaskId());
        }
        if (event instanceof TaskQueued e) {
            return new QueueTask(id, e.priority(), e.queuedAt());
        }
        if (event instanceof TaskStarted e) {
            return new StartTask(id, e.agentId(), e.startedAt());
        }
        if (event instanceof TaskCompleted e) {
            return new CompleteTask(id, e.result(), e.completedAt(), e.duration());
        }
        if (event instanceof TaskFailed e) {
            return new FailTask(id, e.error(), e.stack(), e.failedAt(), e.retryCount());
        }
        if (event instanceof TaskCancelled e) {
            return new CancelTask(id, e.reason(), e.cancelledAt());
        }
        TaskBlocked e = (TaskBlocked) event;
        return new BlockTask(id, e.blockedBy(), e.blockedAt());
    }

    private static MemoryCommand of(String id, MemoryEvent event) {
        if (event instanceof MemoryStored e) {
            return new StoreMemory(id, e.namespace(), e.key(), e.memoryType(), e.size(), e.storedAt());
        }
        if (event instanceof MemoryRetrieved e) {
            return new RetrieveMemory(id, e.namespace(), e.key(), e.retrievedAt(), e.accessCount());
        }
        if (event instanceof MemoryDeleted e) {
            return new DeleteMemory(id, e.namespace(), e.key(), e.deletedAt());
        }
        MemoryExpired e = (MemoryExpired) event;
        return new ExpireMemory(id, e.namespace(), e.key(), e.expiredAt(), e.expiresAt());
    }

    private static SwarmCommand of(String id, SwarmEvent event) {
        if (event instanceof SwarmInitialized e) {
            return new InitializeSwarm(id, e.topology(), e.maxAgents(), e.config(), e.initializedAt());
        }
        if (event instanceof SwarmScaled e) {
            return new ScaleSwarm(id, e.previousAgentCount(), e.newAgentCount(), e.scaledAt(), e.reason());
        }
        if (event instanceof SwarmTerminated e) {
            return new TerminateSwarm(id, e.reason(), e.terminatedAt(), e.metrics());
        }
        if (event instanceof SwarmPhaseChanged e) {
            return new ChangePhase(id, e.previousPhase(), e.newPhase(), e.changedAt());
        }
        if (event instanceof SwarmMilestoneReached e) {
            return new ReachMilestone(id, e.milestoneId(), e.name(), e.reachedAt());
        }
        SwarmFailed e = (SwarmFailed) event;
        return new ReportSwarmError(id, e.error(), e.stack(), e.context(), e.errorAt());
    }
}
