package io.swarmledger.query;

import java.util.List;

/**
 * A question for the query gateway. A query that is to see what was just written travels as {@link AtLeast} says.
 */
public interface LedgerQuery {

    /** As {@link #answeredFrom()}: the log itself answers, not a projection. */
    String LOG = "log";

    /** As {@link #answeredFrom()}: the index of all moments answers. */
    String TIME_TRAVEL = "time-travel";

    /** As {@link #answeredFrom()}: the index of words answers. */
    String SEARCH = "search";

    /** The name of the projection that answers, {@link #LOG}, {@link #TIME_TRAVEL} or {@link #SEARCH}. */
    String answeredFrom();

    /** Other projections whose answers are part of the answer, so that it waits for them too. */
    default List<String> andFrom() {
        return List.of();
    }
}
