package io.swarmledger.query.timetravel;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import java.util.List;

/**
 * Asks for the events behind a number: a {@link io.swarmledger.query.Page} of {@link Evidence}, one for each thing that is
 * counted: by id, or of the past in the order in which they came to be there.
 *
 * @param type agent, task, memory or swarm, or that of a read model of the application's
 * @param field of its state: {@code status} for how many there are, {@code size} or {@code duration} for what is summed
 * @param status those that have it alone; {@code null} for all
 * @param namespace of memories, those in it alone; {@code null} for all
 * @param swarmId those of that swarm alone; {@code null} for all
 * @param position what was counted after the event of that position; {@code null} for now. Of memories those that were
 *     deleted or expired by then are counted by their status too
 * @param limit at most so many; 100 unless given, at most 1,000. Of the past a page may end before that
 * @param cursor where the page before ended
 */
@RecordBuilder
public record FindEvidence(
        String type,
        String field,
        String status,
        String namespace,
        String swarmId,
        Long position,
        Integer limit,
        String cursor)
        implements LedgerQuery, FindEvidenceBuilder.With {

    public static final int MAX_LIMIT = 1_000;

    /** Of all things of a type. */
    public static FindEvidence of(String type, String field) {
        return new FindEvidence(type, field, null, null, null, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return TIME_TRAVEL;
    }

    /** What is counted now is what the view of those things says. */
    @Override
    public List<String> andFrom() {
        return position == null ? ReadModels.ofLedger().viewsOf(type) : List.of();
    }
}
