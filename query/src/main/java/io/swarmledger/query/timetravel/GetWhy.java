package io.swarmledger.query.timetravel;

import io.swarmledger.query.LedgerQuery;

/**
 * Asks why a field of an aggregate's state is what it is: a {@link Why}, {@code null} if the log knows no such aggregate.
 *
 * @param field as its state's JSON calls it, such as {@code status}
 * @param position after the event of that position; {@code null} for now
 * @param limit at most so many causes; 100 unless given, at most 1,000
 */
public record GetWhy(String aggregateId, String field, Long position, Integer limit) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
