package io.swarmledger.query.run;

import io.swarmledger.query.run.RunComparison.Side;
import java.util.List;

/**
 * How a run went.
 *
 * @param agents in the order in which they were first heard of; what nobody has begun is in a last one without an id
 */
public record RunSummary(Side of, List<Lane> agents) {

    /**
     * What an agent did in it.
     *
     * @param agentId {@code null} for what nobody has begun
     * @param attempts how often it began a task
     * @param completed how many of those it completed
     * @param failures how many of those failed
     * @param errors how often it failed itself
     * @param failedCalls of its calls
     * @param busy how long it worked at tasks, milliseconds; at several at a time each counts
     */
    public record Lane(
            String agentId,
            String name,
            String role,
            long attempts,
            long completed,
            long failures,
            long errors,
            long calls,
            long failedCalls,
            long tokens,
            Double costUsd,
            double busy) {}
}
