package io.swarmledger.query;

/**
 * A question for the query gateway. A query that is to see what was just written travels as {@link AtLeast} says.
 */
public interface LedgerQuery {

    /** As {@link #answeredFrom()}: the log itself answers, not a projection. */
    String LOG = "log";

    /** The name of the projection that answers, or {@link #LOG}. */
    String answeredFrom();
}
