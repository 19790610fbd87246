package io.swarmledger.query.agent;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.view.Growing;
import java.util.List;

/**
 * An agent, as its events tell. Times in epoch milliseconds, durations in milliseconds.
 *
 * @param status idle, active, blocked, completed or error
 * @param currentTask what it works on, {@code null} if on nothing
 * @param completedTasks in the order of their completion
 * @param failedTasks what it worked on whenever it failed
 * @param timedTasks how many of the completed tasks told how long they took
 * @param failuresInARow failures at a task since it last completed one
 * @param stoppedAt {@code null} unless it is stopped
 */
@RecordBuilder
public record AgentState(
        String id,
        String role,
        String domain,
        List<String> capabilities,
        String status,
        String currentTask,
        Growing<String> completedTasks,
        Growing<String> failedTasks,
        double totalTaskDuration,
        long taskCount,
        long errorCount,
        long timedTasks,
        long failuresInARow,
        Double spawnedAt,
        Double startedAt,
        Double stoppedAt,
        Double lastActivityAt,
        String swarmId)
        implements AgentStateBuilder.With {

    /** Every status there is. */
    static final List<String> STATUSES = List.of("idle", "active", "blocked", "completed", "error");

    boolean isStopped() {
        return stoppedAt != null;
    }
}
