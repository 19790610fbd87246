package io.swarmledger.query.incident;

import io.swarmledger.query.failure.AgentCalls;
import io.swarmledger.query.failure.Failure;
import io.swarmledger.query.incident.Chains.Chain;
import io.swarmledger.query.incident.Standing.Agent;
import io.swarmledger.query.log.AggregateAnswers;
import io.swarmledger.query.log.LastEvent;

/** Tells what became of failures, from how agents, tasks and swarms stand now. In doubt it is as it was left. */
final class Outcomes {

    /** What an agent that has failed says once it goes on. */
    private static final String[] GOES_ON = {
        "agent:started", "agent:task-assigned", "agent:task-completed", "agent:status-changed"
    };

    private final AggregateAnswers.Then log;
    private final Standing standing;
    private final AgentCalls calls;

    Outcomes(AggregateAnswers.Then log, Standing standing) {
        this.log = log;
        this.standing = standing;
        this.calls = new AgentCalls(log);
    }

    /** The worst of what became of its failures: where one is as it was left, so is the chain. */
    Outcome of(Chain chain) {
        return chain.links().stream().map(link -> of(link.failure())).reduce(Outcome.ENDED, Outcome::or);
    }

    private Outcome of(Failure failure) {
        Outcome outcome =
                switch (failure.type()) {
                    case "task:failed" -> ofTask(failure.taskId());
                    case "agent:failed" -> ofAgent(failure);
                    case "swarm:error" -> Outcome.FAILED;
                    default -> ofCall(failure);
                };
        return outcome == Outcome.FAILED && isOverSince(failure) ? Outcome.ENDED : outcome;
    }

    /** Whether the swarm was terminated after it: what fails in one that was, and goes on, is a failure like any other. */
    private boolean isOverSince(Failure failure) {
        return standing.isTerminated(failure.swarmId())
                && failure.position()
                        < log.last(failure.swarmId(), "swarm:terminated")
                                .map(LastEvent::position)
                                .orElse(0L);
    }

    private Outcome ofTask(String taskId) {
        String status = taskId == null ? null : standing.statusOf(taskId);
        if ("completed".equals(status)) {
            return Outcome.RECOVERED;
        }
        return "cancelled".equals(status) ? Outcome.ENDED : Outcome.FAILED;
    }

    /** What counts is that its work was done, by whomever; and where it had none, that it goes on. */
    private Outcome ofAgent(Failure failure) {
        Outcome ofItsTask = ofTask(failure.taskId());
        Agent agent = standing.agent(failure.agentId());
        if (ofItsTask != Outcome.FAILED || agent == null) {
            return ofItsTask;
        }
        boolean isStopped = agent.health().equals("stopped");
        if (failure.taskId() != null) {
            boolean isAtIt = failure.taskId().equals(agent.currentTask())
                    && agent.status().equals("active")
                    && agent.health().equals("ok");
            return isAtIt ? Outcome.RECOVERED : Outcome.FAILED;
        }
        boolean goesOn = !agent.status().equals("error")
                && log.last(agent.id(), GOES_ON)
                        .filter(row -> row.position() > failure.position())
                        .isPresent();
        return !goesOn ? Outcome.FAILED : isStopped ? Outcome.ENDED : Outcome.RECOVERED;
    }

    /** An agent goes on after a tool that failed, or stops: it has seen to it. Without its model it does neither. */
    private Outcome ofCall(Failure failure) {
        boolean isOfTool = failure.tool() != null;
        boolean isRecovered = isOfTool
                ? calls.lastSuccess(failure.agentId(), failure.tool()) > failure.position()
                : calls.lastSuccessOfModel(failure.agentId()) > failure.position();
        if (isRecovered || ofTask(failure.taskId()) == Outcome.RECOVERED) {
            return Outcome.RECOVERED;
        }
        Agent agent = standing.agent(failure.agentId());
        boolean isSeenTo = isOfTool
                && (agent != null && agent.health().equals("stopped")
                        || calls.lastIfSuccess(failure.agentId()) > failure.position());
        return isSeenTo ? Outcome.ENDED : Outcome.FAILED;
    }
}
