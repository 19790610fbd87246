package io.swarmledger.query;

/** How lists are cut into pages, everywhere the same. */
public final class Paging {

    /** Totals are counted up to here and are then no longer exact. */
    public static final int COUNTED_TO = 100_000;

    public static final int DEFAULT_LIMIT = 100;

    private Paging() {}

    /**
     * The limit to apply.
     *
     * @param limit as asked, {@code null} for {@link #DEFAULT_LIMIT}
     * @param atMost the highest that this list allows
     * @throws InvalidQuery if it is less than 1 or more than {@code atMost}
     */
    public static int limit(Integer limit, int atMost) {
        return limit("limit", limit, atMost);
    }

    /** The same, for a limit of another name. */
    public static int limit(String field, Integer limit, int atMost) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit < 1 || limit > atMost) {
            throw InvalidQuery.outOfRange(field, limit + " is not between 1 and " + atMost);
        }
        return limit;
    }
}
