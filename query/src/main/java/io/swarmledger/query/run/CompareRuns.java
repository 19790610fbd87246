package io.swarmledger.query.run;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;

/**
 * Asks how two runs differ: a {@link RunComparison}. A run is what happened in a swarm;
 * where several followed each other in one, the part of it between two positions. What is {@code null} says nothing.
 *
 * @param a the swarm of one run
 * @param aFrom what happened in it behind that position
 * @param aTo up to that position
 * @param b the swarm of the other
 * @param bFrom likewise
 * @param bTo likewise
 * @param field only tasks that differ in that, one of {@link RunComparison#FIELDS}
 * @param limit at most so many tasks; 100 unless given, at most {@value #MAX_LIMIT}
 * @param cursor where the page before ended
 */
@RecordBuilder
public record CompareRuns(
        String a, Long aFrom, Long aTo, String b, Long bFrom, Long bTo, String field, Integer limit, String cursor)
        implements LedgerQuery, CompareRunsBuilder.With {

    public static final int MAX_LIMIT = 10_000;

    /** The two swarms as they are now. */
    public static CompareRuns of(String a, String b) {
        return new CompareRuns(a, null, null, b, null, null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
