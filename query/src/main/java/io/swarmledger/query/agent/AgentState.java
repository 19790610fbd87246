package io.swarmledger.query.agent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.usage.CallSums;
import io.swarmledger.query.view.Growing;
import java.util.List;

/**
 * An agent, as its events tell. Times in epoch milliseconds, durations in milliseconds.
 *
 * @param status idle, active, blocked, completed or error
 * @param currentTask what it works on, {@code null} if on nothing
 * @param openTasks assigned to it, and neither completed nor failed since
 * @param completedTasks in the order of their completion
 * @param failedTasks what it worked on whenever it failed
 * @param timedTasks how many of the completed tasks told how long they took
 * @param failuresInARow failures at a task since it last completed one
 * @param stoppedAt {@code null} unless it is stopped
 * @param name what people call it
 * @param parentAgentId who started it
 * @param model that it thinks with
 * @param sessionId of the program that it runs in
 * @param calls what it called
 * @param lastHeardAt the latest time of its events, of those that could be: what is told later of before lowers
 *     {@code lastActivityAt} alone; {@code null} if there is none
 */
@RecordBuilder
public record AgentState(
        String id,
        String role,
        String domain,
        List<String> capabilities,
        String status,
        String currentTask,
        List<String> openTasks,
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
        Double lastHeardAt,
        String name,
        String parentAgentId,
        String model,
        String sessionId,
        @JsonUnwrapped CallSums calls,
        String swarmId)
        implements AgentStateBuilder.With {

    static final int FAILING_AFTER = 3;

    /** Every status there is. */
    static final List<String> STATUSES = List.of("idle", "active", "blocked", "completed", "error");

    boolean isStopped() {
        return stoppedAt != null;
    }

    /** Whether it failed, or its last three tasks did. */
    boolean isFailing() {
        return status.equals("error") || failuresInARow >= FAILING_AFTER;
    }
}
