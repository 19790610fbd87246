package io.swarmledger.query.timetravel;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;

/**
 * Asks for the events behind a number: a {@link io.swarmledger.query.Page} of {@link Evidence}, one for each thing that is
 * counted, by id.
 *
 * @param type agent, task, memory or swarm
 * @param field of its state: {@code status} for how many there are, {@code size} or {@code duration} for what is summed
 * @param status those that have it alone; {@code null} for all
 * @param namespace of memories, those in it alone; {@code null} for all
 * @param swarmId those of that swarm alone; {@code null} for all
 * @param limit at most so many; 100 unless given, at most 1,000
 * @param cursor where the page before ended
 */
@RecordBuilder
public record FindEvidence(
        String type, String field, String status, String namespace, String swarmId, Integer limit, String cursor)
        implements LedgerQuery, FindEvidenceBuilder.With {

    public static final int MAX_LIMIT = 1_000;

    /** Of all things of a type. */
    public static FindEvidence of(String type, String field) {
        return new FindEvidence(type, field, null, null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return TIME_TRAVEL;
    }
}
