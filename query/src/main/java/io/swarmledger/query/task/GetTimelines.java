package io.swarmledger.query.task;

import io.swarmledger.query.LedgerQuery;
import java.util.List;

/**
 * Asks how tasks went on: {@link Timelines}.
 *
 * @param taskIds of these tasks; at most 1,000
 * @param position up to that position; {@code null} for now
 */
public record GetTimelines(List<String> taskIds, Long position) implements LedgerQuery {

    public static final int MAX_TASKS = 1_000;

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
