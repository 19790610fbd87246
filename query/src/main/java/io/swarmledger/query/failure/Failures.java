package io.swarmledger.query.failure;

import io.swarmledger.query.Page;
import java.util.List;
import java.util.stream.Stream;

/**
 * What failed, alike failures together.
 *
 * @param considered how many failures the groups are made of: the newest
 * @param isWhole whether there are no others
 * @param groups the one that occurred last first
 */
public record Failures(long considered, boolean isWhole, Page<FailureGroup> groups) {

    /**
     * Failures of one type that differ only in what is different each time: numbers, ids, what is quoted.
     *
     * @param message without those; cut if it is very long
     * @param sample the newest message as it is; cut likewise
     * @param tool that failed, where one was called; {@code null} otherwise
     * @param recovered how many of them are recovered: the same agent called the same tool without an error later
     * @param agents the first of those that failed or were at work on what failed, the latest hit first
     * @param agentCount how many they are
     * @param tasks the first of those that failed or that a failed agent was at work on, the latest hit first
     * @param taskCount how many they are
     */
    public record FailureGroup(
            String message,
            String sample,
            String type,
            String tool,
            long count,
            long recovered,
            Occurrence first,
            Occurrence last,
            List<String> agents,
            long agentCount,
            List<String> tasks,
            long taskCount) {

        /** How long its texts are. */
        long characters() {
            return message.length()
                    + (tool == null ? 0 : tool.length())
                    + sample.length()
                    + Stream.concat(agents.stream(), tasks.stream())
                            .mapToLong(String::length)
                            .sum();
        }
    }

    /** One of them. */
    public record Occurrence(String eventId, long position, double timestamp, String aggregateId) {}
}
