package io.swarmledger.query.task;

import java.util.Map;

/**
 * How the tasks have gone, all together.
 *
 * @param byStatus how many tasks are in each status
 * @param averageDuration milliseconds, over completed tasks with a duration; {@code null} if there is none
 * @param successRate completed / (completed + failed), {@code null} if there was neither
 * @param failureRate the rest
 * @param position the position up to which the log is in all of it
 */
public record TaskStatistics(
        long total,
        Map<String, Long> byStatus,
        Double averageDuration,
        Double successRate,
        Double failureRate,
        long position) {}
