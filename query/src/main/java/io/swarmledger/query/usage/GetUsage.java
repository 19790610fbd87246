package io.swarmledger.query.usage;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;
import java.util.List;

/**
 * Asks what agents called, how it went and what it took: a {@link io.swarmledger.query.Page} of {@link Usage}, the most
 * calls first. What is {@code null} says nothing.
 *
 * @param by agent, task, model, tool or swarm
 * @param agentId calls of that agent alone
 * @param after later than that, epoch milliseconds
 * @param before earlier than that, epoch milliseconds
 * @param limit at most so many; 100 unless given, at most {@value #MAX_LIMIT}
 * @param cursor where the page before ended
 */
@RecordBuilder
public record GetUsage(
        String by, String swarmId, String agentId, Double after, Double before, Integer limit, String cursor)
        implements LedgerQuery, GetUsageBuilder.With {

    public static final int MAX_LIMIT = 10_000;

    /** What usage is told by. */
    public static final List<String> BY = List.of("agent", "task", "model", "tool", "swarm");

    /** All of it, by one of those. */
    public static GetUsage by(String by) {
        return new GetUsage(by, null, null, null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
