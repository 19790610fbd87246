package io.swarmledger.query.view;

import java.util.Map;

/**
 * How many things of swarms have which status.
 *
 * @param bySwarm by swarm, then by status; what there is none of is left out
 */
public record SwarmCounts(Map<String, Map<String, Long>> bySwarm) {

    /** In that swarm with that status. */
    public long of(String swarmId, String status) {
        return bySwarm.getOrDefault(swarmId, Map.of()).getOrDefault(status, 0L);
    }
}
