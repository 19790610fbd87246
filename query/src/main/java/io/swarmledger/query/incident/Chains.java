package io.swarmledger.query.incident;

import io.swarmledger.query.failure.AgentCalls;
import io.swarmledger.query.failure.Failure;
import io.swarmledger.query.log.AggregateAnswers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which failures follow from which: an agent that fails with its task, the task that fails since a call did. Where a
 * failure names another as its cause that is so; otherwise it is inferred, within one attempt at a task alone, and of calls
 * only from the last one before: one after which an agent went on is no cause.
 */
final class Chains {

    private static final String AGENT_FAILED = "agent:failed";
    private static final String TASK_FAILED = "task:failed";

    private final AggregateAnswers.Then log;
    private final AgentCalls calls;
    private final Map<String, Failure> byId = new HashMap<>();
    private final Map<String, Failure> lastOfTask = new HashMap<>();
    private final Map<String, Failure> lastByAgent = new HashMap<>();
    private final Map<String, Failure> lastOfAgent = new HashMap<>();
    private final Map<String, Failure> lastCall = new HashMap<>();
    private final Map<String, Chain> chainOf = new HashMap<>();
    private final Map<String, Chain> chains = new LinkedHashMap<>();

    private Chains(AggregateAnswers.Then log) {
        this.log = log;
        this.calls = new AgentCalls(log);
    }

    /**
     * Failures of which each but the first follows from the one before, or another one.
     *
     * @param links in their order, the first one being the cause of all
     */
    record Chain(List<Link> links) {

        Failure root() {
            return links.get(0).failure();
        }

        Failure last() {
            return links.get(links.size() - 1).failure();
        }
    }

    /**
     * One of them.
     *
     * @param cause {@code null} for the first
     */
    record Link(Failure failure, Failure cause) {}

    /** The chains of these failures, which come in the order of the log. */
    static Collection<Chain> of(List<Failure> failures, AggregateAnswers.Then log) {
        Chains chains = new Chains(log);
        failures.forEach(chains::add);
        return chains.chains.values();
    }

    private void add(Failure failure) {
        Failure cause = causeOf(failure);
        Chain chain = cause == null ? new Chain(new ArrayList<>()) : chainOf.get(cause.eventId());
        chain.links().add(new Link(failure, cause));
        if (cause == null) {
            chains.put(failure.eventId(), chain);
        }
        chainOf.put(failure.eventId(), chain);
        byId.put(failure.eventId(), failure);
        if (failure.isOfCall()) {
            lastCall.put(failure.agentId(), failure);
        } else if (failure.type().equals(AGENT_FAILED)) {
            lastOfAgent.put(failure.agentId(), failure);
        } else if (failure.type().equals(TASK_FAILED)) {
            lastOfTask.put(failure.taskId(), failure);
            lastByAgent.put(failure.agentId(), failure);
        }
    }

    private Failure causeOf(Failure failure) {
        Failure named = failure.causationId() == null ? null : byId.get(failure.causationId());
        if (named != null) {
            return named;
        }
        return switch (failure.type()) {
            case TASK_FAILED -> later(sinceItBegan(failure, lastOfAgent.get(failure.agentId())), callBefore(failure));
            case AGENT_FAILED -> later(
                    failure.taskId() == null
                            ? justBefore(failure, lastByAgent.get(failure.agentId()))
                            : notTriedAgain(failure, sinceItBegan(failure, lastOfTask.get(failure.taskId()))),
                    callBefore(failure));
            default -> null;
        };
    }

    /** The other one, if it came since the work began that failed: an agent that fails takes with it all that it is at. */
    private static Failure sinceItBegan(Failure failure, Failure other) {
        return other != null && other.position() > failure.since() ? other : null;
    }

    /** The failure of a task of an agent of which nobody said that it was given it, if nothing else happened to it since. */
    private Failure justBefore(Failure failure, Failure ofTask) {
        return ofTask == null
                        || log.before(failure.agentId(), failure.position())
                                .filter(row -> row.position() > ofTask.position())
                                .isPresent()
                ? null
                : ofTask;
    }

    /** An agent may be given a task once and try it several times. */
    private Failure notTriedAgain(Failure failure, Failure ofTask) {
        return ofTask == null
                        || log.before(ofTask.taskId(), failure.position(), "task:started")
                                .filter(started -> started.position() > ofTask.position())
                                .isPresent()
                ? null
                : ofTask;
    }

    private Failure callBefore(Failure failure) {
        Failure call = failure.agentId() == null ? null : lastCall.get(failure.agentId());
        return call != null
                        && call.position() > failure.since()
                        && calls.before(failure.agentId(), failure.position()) == call.position()
                ? call
                : null;
    }

    private static Failure later(Failure one, Failure other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.position() > other.position() ? one : other;
    }
}
