package io.swarmledger.commands.agent;

import io.swarmledger.commands.Decides;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.ObserveAgent;
import io.swarmledger.commands.Rule;
import io.swarmledger.commands.Violation;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.AggregateRoot;

/** An agent: between its spawning and its stop it takes tasks, fails, and changes its status. */
@AggregateRoot(type = Agent.TYPE)
public final class Agent extends LedgerAggregate {

    public static final String TYPE = "agent";

    /** Another shape of the fields, those that all share too, is another revision: older snapshots are then passed over. */
    public static final String SNAPSHOT_REVISION = "2";

    /** An open task is reckoned to have so many characters. */
    private static final int A_TASK = 100;

    private static final List<Rule<Agent>> RULES = List.of(
            new AgentIsSpawnedOnce(),
            new OnlySpawnedAgentCanAct(),
            new StoppedAgentCannotStart(),
            new StoppedAgentCannotChange(),
            new AgentIsStoppedOnce(),
            new StoppedAgentCannotCall(),
            new OnlyAssignedTaskCanBeCompleted());

    private boolean spawned;
    private boolean stopped;
    private String status;
    /** The open tasks alone, each with the time of its assignment. */
    private Map<String, Double> tasks = new LinkedHashMap<>();

    private Agent() {}

    @Decides
    void handle(SpawnAgent command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(StartAgent command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(StopAgent command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(FailAgent command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ChangeAgentStatus command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(AssignTask command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(CompleteAssignedTask command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(CallTool command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(CallModel command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(SendMessage command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ObserveAgent fact, Envelope envelope) {
        observe(fact, envelope);
    }

    @Override
    protected String type() {
        return TYPE;
    }

    @Override
    protected List<Violation> judge(LedgerEvent proposed) {
        return Rule.judge(RULES, this, proposed);
    }

    @Override
    protected LedgerEvent complete(LedgerEvent proposed, double now) {
        if (proposed instanceof AgentSpawned e) {
            return new AgentSpawned(
                    id(),
                    e.role(),
                    e.domain(),
                    or(e.capabilities(), List.of()),
                    e.name(),
                    e.parentAgentId(),
                    e.model(),
                    e.sessionId());
        }
        if (proposed instanceof AgentStarted e) {
            return new AgentStarted(id(), or(e.startedAt(), now));
        }
        if (proposed instanceof AgentStopped e) {
            return new AgentStopped(id(), e.reason(), or(e.stoppedAt(), now));
        }
        if (proposed instanceof AgentFailed e) {
            return new AgentFailed(id(), e.error(), e.stack(), or(e.failedAt(), now));
        }
        if (proposed instanceof AgentStatusChanged e) {
            return new AgentStatusChanged(id(), or(e.previousStatus(), status), e.newStatus());
        }
        if (proposed instanceof AgentTaskAssigned e) {
            return new AgentTaskAssigned(id(), e.taskId(), or(e.assignedAt(), now));
        }
        if (proposed instanceof AgentTaskCompleted e) {
            double completedAt = or(e.completedAt(), now);
            return new AgentTaskCompleted(
                    id(),
                    e.taskId(),
                    e.result(),
                    completedAt,
                    or(e.duration(), between(tasks.get(e.taskId()), completedAt)));
        }
        if (proposed instanceof AgentToolCalled e) {
            return new AgentToolCalled(
                    id(),
                    e.callId(),
                    e.tool(),
                    e.title(),
                    e.taskId(),
                    or(e.calledAt(), now),
                    e.duration(),
                    e.error(),
                    e.inputSize(),
                    e.inputDigest(),
                    e.outputSize(),
                    e.outputDigest(),
                    e.input(),
                    e.output());
        }
        if (proposed instanceof AgentModelCalled e) {
            return new AgentModelCalled(
                    id(),
                    e.callId(),
                    e.model(),
                    e.taskId(),
                    or(e.calledAt(), now),
                    e.duration(),
                    e.inputTokens(),
                    e.outputTokens(),
                    e.cacheReadTokens(),
                    e.cacheWriteTokens(),
                    e.costUsd(),
                    e.stopReason(),
                    e.error());
        }
        if (proposed instanceof AgentMessageSent e) {
            return new AgentMessageSent(id(), e.to(), or(e.sentAt(), now), e.size(), e.digest(), e.text());
        }
        return proposed;
    }

    /** A call is of the task that the agent works on. */
    @Override
    protected LedgerEvent decided(LedgerEvent completed) {
        if (completed instanceof AgentToolCalled call && call.taskId() == null) {
            return call.of(latestTask());
        }
        return completed instanceof AgentModelCalled call && call.taskId() == null ? call.of(latestTask()) : completed;
    }

    /** What was assigned last of what is not finished; {@code null} if nothing is. */
    private String latestTask() {
        return tasks.keySet().stream().reduce((one, next) -> next).orElse(null);
    }

    @Override
    protected void evolve(LedgerEvent event, double timestamp) {
        if (event instanceof AgentSpawned) {
            spawned = true;
            stopped = false;
            status = "idle";
            tasks.clear();
        } else if (!spawned) {
            return;
        } else if (event instanceof AgentStarted) {
            stopped = false;
            status = "active";
        } else if (event instanceof AgentStopped) {
            become("completed");
            stopped = true;
        } else if (event instanceof AgentFailed) {
            become("error");
        } else if (event instanceof AgentStatusChanged changed) {
            become(or(changed.newStatus(), status));
        } else if (event instanceof AgentTaskAssigned assigned) {
            become("active");
            if (assigned.taskId() != null) {
                tasks.put(assigned.taskId(), or(assigned.assignedAt(), timestamp));
            }
        } else if (event instanceof AgentTaskCompleted completed) {
            become("idle");
            tasks.remove(completed.taskId());
        }
    }

    @Override
    protected long characters() {
        return lengthOf(status) + (long) A_TASK * tasks.size();
    }

    @Override
    protected String describe() {
        if (!spawned) {
            return "not spawned";
        }
        return (stopped ? "stopped" : status) + ", " + tasks.size() + (tasks.size() == 1 ? " task" : " tasks")
                + " assigned";
    }

    boolean isSpawned() {
        return spawned;
    }

    boolean isStopped() {
        return stopped;
    }

    boolean hasTask(String taskId) {
        return tasks.containsKey(taskId);
    }

    /** After a stop the status stays as it is, until the agent is spawned or started again. */
    private void become(String next) {
        if (!stopped) {
            status = next;
        }
    }
}
