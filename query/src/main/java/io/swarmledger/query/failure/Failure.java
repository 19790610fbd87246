package io.swarmledger.query.failure;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * An event that says that something failed.
 *
 * @param timestamp epoch milliseconds
 * @param message its error, {@code null} if it has none
 * @param fingerprint what that has in common with others of the same cause: {@link Fingerprint}
 * @param tool that failed, where one was called; {@code null} otherwise
 * @param agentId who failed, called, or was at work on what failed; {@code null} if nobody knows
 * @param taskId what failed, or was worked on; {@code null} likewise
 * @param since the position at which that work began, as far as it is known; 0 if it is not
 */
public record Failure(
        long position,
        String eventId,
        String type,
        String aggregateId,
        double timestamp,
        String swarmId,
        String causationId,
        String message,
        String fingerprint,
        String tool,
        String agentId,
        String taskId,
        long since) {

    /** How long its texts are. */
    long characters() {
        return Stream.of(eventId, aggregateId, swarmId, causationId, message, fingerprint, tool, agentId, taskId)
                .filter(Objects::nonNull)
                .mapToLong(String::length)
                .sum();
    }

    /** Whether a tool or a model was called. */
    public boolean isOfCall() {
        return FailureTypes.CALLS.contains(type);
    }
}
