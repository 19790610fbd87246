package io.swarmledger.query.timetravel;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;

/**
 * Asks what everything was like: {@link AllThen}. At most one of position and time is given; without either it is the state
 * now.
 *
 * @param position after the event of that position; 0 is the beginning, and one beyond the last is refused
 * @param at at that time, epoch milliseconds: after the highest position up to which no event is later
 * @param swarmId what belongs to that swarm alone; {@code null} for all
 * @param includeDeleted memories that were deleted or expired by then too
 * @param limit at most so many of each list; 100 unless given, at most 100,000. A page ends before that where its things
 *     are large
 * @param cursor where a page of one of the lists ended: that list goes on, at the same position, and of the others no
 *     items are answered
 */
@RecordBuilder
public record StateOfAll(Long position, Double at, String swarmId, boolean includeDeleted, Integer limit, String cursor)
        implements LedgerQuery, StateOfAllBuilder.With {

    /** Of a list that an agent's state has, such as its completed tasks, so many are answered at most: the last ones. */
    public static final int LAST_ITEMS = 1_000;

    /** The state now. */
    public static StateOfAll now() {
        return new StateOfAll(null, null, null, false, null, null);
    }

    /** The state after the event of that position. */
    public static StateOfAll at(long position) {
        return now().with(query -> query.position(position));
    }

    @Override
    public String answeredFrom() {
        return TIME_TRAVEL;
    }
}
