package io.swarmledger.query.suspect;

import io.swarmledger.query.LedgerQuery;

/**
 * Asks who, and which step, most likely caused that a task failed, or what failed in a swarm: {@link Suspects}, {@code null}
 * if there is no such task or swarm. One of the two is given.
 *
 * @param taskId of the last failure of that task
 * @param swarmId of what failed in that swarm and was left so
 * @param limit at most so many agents and so many steps; 100 unless given, at most {@value #MAX_LIMIT}
 */
public record FindSuspects(String taskId, String swarmId, Integer limit) implements LedgerQuery {

    public static final int MAX_LIMIT = 1_000;

    public static FindSuspects ofTask(String taskId) {
        return new FindSuspects(taskId, null, null);
    }

    public static FindSuspects ofSwarm(String swarmId) {
        return new FindSuspects(null, swarmId, null);
    }

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
