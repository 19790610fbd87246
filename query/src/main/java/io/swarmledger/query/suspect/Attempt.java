package io.swarmledger.query.suspect;

import java.util.List;
import java.util.Map;

/**
 * An attempt at a task that has ended.
 *
 * @param outcome failed or completed
 * @param agentId who was at work on it; {@code null} if nobody knows
 * @param eventId of the event that ended it
 * @param position of that event
 * @param timestamp of that event, epoch milliseconds
 * @param attributes what is known of it, by the labels of {@link Attribute}
 */
public record Attempt(
        String taskId,
        String outcome,
        String agentId,
        String eventId,
        long position,
        double timestamp,
        String swarmId,
        Map<String, List<String>> attributes) {

    /** Every outcome there is. */
    public static final List<String> OUTCOMES = List.of("failed", "completed");

    boolean isFailed() {
        return outcome.equals("failed");
    }

    /** What is known of it by that attribute; nothing if nothing is. */
    List<String> values(String attribute) {
        return attributes.getOrDefault(attribute, List.of());
    }

    long characters() {
        return taskId.length()
                + attributes.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(String::length)
                        .sum();
    }
}
