package io.swarmledger.query.timetravel;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;

/**
 * Asks what changed between two moments: {@link Changes}. Each is a position (the state after its event, 0 for the
 * beginning; one beyond the last is refused) or a time in epoch milliseconds (the highest position up to which no event is
 * later).
 *
 * @param from the earlier position; one of {@code from} and {@code fromAt} is given
 * @param to the later position; without it and {@code toAt} it is now
 * @param swarmId what belonged to that swarm; {@code null} for all
 * @param limit at most so many; 100 unless given, at most 10,000
 * @param cursor where the page before ended: it goes on between the same two positions, whatever they were asked by
 */
@RecordBuilder
public record FindChanges(Long from, Double fromAt, Long to, Double toAt, String swarmId, Integer limit, String cursor)
        implements LedgerQuery, FindChangesBuilder.With {

    public static final int MAX_LIMIT = 10_000;

    /** Between these positions. */
    public static FindChanges between(long from, long to) {
        return new FindChanges(from, null, to, null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return TIME_TRAVEL;
    }
}
