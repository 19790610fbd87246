package io.swarmledger.query.incident;

import io.swarmledger.query.failure.AgentCalls;
import io.swarmledger.query.failure.Failure;
import io.swarmledger.query.incident.Chains.Chain;
import io.swarmledger.query.incident.Standing.Agent;

/** Tells what became of failures, from how agents, tasks and swarms stand now. */
final class Outcomes {

    private final Standing standing;
    private final AgentCalls calls;

    Outcomes(Standing standing, AgentCalls calls) {
        this.standing = standing;
        this.calls = calls;
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
        return outcome == Outcome.FAILED && standing.isTerminated(failure.swarmId()) ? Outcome.ENDED : outcome;
    }

    private Outcome ofTask(String taskId) {
        String status = taskId == null ? null : standing.statusOf(taskId);
        if ("completed".equals(status)) {
            return Outcome.RECOVERED;
        }
        return "cancelled".equals(status) ? Outcome.ENDED : Outcome.FAILED;
    }

    /** What counts is that its work was done, by whomever; only then whether it works again. */
    private Outcome ofAgent(Failure failure) {
        Outcome ofItsTask = ofTask(failure.taskId());
        Agent agent = standing.agent(failure.agentId());
        if (ofItsTask != Outcome.FAILED || agent == null) {
            return ofItsTask;
        }
        if (agent.health().equals("stopped")) {
            return failure.taskId() == null ? Outcome.ENDED : Outcome.FAILED;
        }
        return agent.status().equals("error") ? Outcome.FAILED : Outcome.RECOVERED;
    }

    private Outcome ofCall(Failure failure) {
        boolean isRecovered = failure.tool() != null
                ? calls.lastSuccess(failure.agentId(), failure.tool()) > failure.position()
                : calls.lastSuccessOfModel(failure.agentId()) > failure.position();
        if (isRecovered || ofTask(failure.taskId()) == Outcome.RECOVERED) {
            return Outcome.RECOVERED;
        }
        Agent agent = standing.agent(failure.agentId());
        boolean isStopped = agent != null && agent.health().equals("stopped");
        return isStopped || calls.lastIfSuccess(failure.agentId()) > failure.position()
                ? Outcome.ENDED
                : Outcome.FAILED;
    }
}
