package io.swarmledger.app.door;

/**
 * Which page of a list of events is asked for; what is {@code null} says nothing.
 *
 * @param cursor where the page before ended
 */
public record EventPage(Integer limit, Long offset, Order order, String cursor) {

    /** The first so many. */
    public static EventPage first(int limit) {
        return new EventPage(limit, null, null, null);
    }
}
