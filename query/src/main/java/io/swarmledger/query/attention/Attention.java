package io.swarmledger.query.attention;

import java.util.List;

/**
 * What somebody should look at, of all swarms that nobody said have ended.
 *
 * @param swarms those of which there is anything, the most first
 */
public record Attention(List<OfSwarm> swarms) {

    /**
     * Of one swarm. Each number counts what the query that finds it lists.
     *
     * @param status of the swarm, {@code null} if it was never initialized
     * @param failing agents whose health is failing
     * @param silent agents whose health is silent
     * @param blocked tasks
     * @param failed tasks
     * @param stuck tasks in progress that nobody is known to work on
     * @param isSilent whether it was initialized and nothing of it was heard for a while
     * @param lastHeardAt when anything was, epoch milliseconds; {@code null} for never, and where it is not silent
     */
    public record OfSwarm(
            String swarmId,
            String status,
            long failing,
            long silent,
            long blocked,
            long failed,
            long stuck,
            boolean isSilent,
            Double lastHeardAt) {

        /** How many agents and tasks there are to look at. */
        public long total() {
            return failing + silent + blocked + failed + stuck;
        }
    }
}
