package io.swarmledger.query.agent;

import java.util.Map;

/**
 * What the agents have done, all together.
 *
 * @param byStatus how many agents are in each status
 * @param byHealth how many agents are in each state of health
 * @param averageTaskDuration milliseconds, over completed tasks with a duration; {@code null} if there is none
 * @param successRate completed / (completed + failed), {@code null} if there was neither
 * @param failureRate the rest
 * @param position the position up to which the log is in all of it
 */
public record AgentMetrics(
        long total,
        Map<String, Long> byStatus,
        Map<String, Long> byHealth,
        long completedTasks,
        long failedTasks,
        long errors,
        double totalTaskDuration,
        Double averageTaskDuration,
        Double successRate,
        Double failureRate,
        long position) {}
