package io.swarmledger.query.task;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.usage.CallSums;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A task, as its events tell. Times in epoch milliseconds, the duration in milliseconds.
 *
 * @param status pending, queued, in-progress, blocked, completed, failed or cancelled
 * @param priority critical, high, medium or low
 * @param blockedBy what blocks it now: empty unless it is blocked
 * @param duration of the attempt that completed it
 * @param error of the last attempt that failed
 * @param retryCount how many attempts had failed before the last one that did
 * @param parentTaskId the task that it is a part of
 * @param calls what agents called for it; {@code null} where its own events alone are told
 */
@RecordBuilder
public record TaskState(
        String id,
        String type,
        String title,
        String description,
        String status,
        String priority,
        String assignedAgent,
        List<String> dependencies,
        List<String> blockedBy,
        Double createdAt,
        Double startedAt,
        Double completedAt,
        Double failedAt,
        Double duration,
        Object result,
        String error,
        long retryCount,
        String parentTaskId,
        Double cancelledAt,
        @JsonUnwrapped CallSums calls,
        String swarmId)
        implements TaskStateBuilder.With {

    private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");

    /** Every priority that a command may give. */
    static final List<String> PRIORITIES = List.of("critical", "high", "medium", "low");

    /** Every status there is. */
    static final List<String> STATUSES =
            List.of("pending", "queued", "in-progress", "blocked", "completed", "failed", "cancelled");

    boolean hasEnded() {
        return ENDED.contains(status);
    }

    /** When it did so last, of one that has ended; one that does not say when may have done so at any time. */
    double endedAt() {
        return Stream.of(completedAt, failedAt, cancelledAt)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
