package io.swarmledger.query.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What some calls come to.
 *
 * @param by what they have in common: agent, task, model, tool or swarm
 * @param key which one; {@code null} for calls that name none
 * @param calls of tools and models together
 * @param failures of those the ones with an error
 * @param durations of those that told how long they took
 * @param lastAt when the last of them ended, epoch milliseconds
 */
public record Usage(
        String by,
        String key,
        long calls,
        long failures,
        @JsonUnwrapped CallSums sums,
        Spread durations,
        double lastAt) {

    /**
     * How durations are spread, milliseconds; {@code null} where there is none.
     *
     * @param count how many there are
     * @param p50 as long as half of them at most
     * @param p95 as long as 95 of 100 at most
     * @param max the longest
     */
    public record Spread(long count, Double p50, Double p95, Double max) {}
}
