package io.swarmledger.query.log;

import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.InvalidQuery;
import java.util.List;

/**
 * Whether a question for events can be answered at all: its numbers are in range, and there may be what it names.
 *
 * @param aggregateTypes that are known, whether there is an event of each or not
 */
public record Answerable(List<String> aggregateTypes) {

    public Answerable {
        aggregateTypes = List.copyOf(aggregateTypes);
    }

    /**
     * Requires that it can be.
     *
     * @param now the log as it is asked
     * @throws InvalidQuery if a value is out of range, or none that there is
     * @throws BeyondHead if it begins behind the end of the log
     */
    public void require(FindEvents query, EventLog now) {
        requireNotNegative("offset", query.offset());
        requireNotNegative("payloadCharacters", query.payloadCharacters());
        requireNotNegative("fromVersion", query.fromVersion());
        requireKnown(now, query.aggregateTypes());
        requireWithinHead(now, "afterPosition", query.afterPosition());
    }

    /** An import may have brought other types. */
    private void requireKnown(EventLog log, List<String> asked) {
        for (String type : asked == null ? List.<String>of() : asked) {
            EventSelection ofType = EventSelection.of(EventCriteria.ALL.withAggregateTypes(List.of(type)));
            if (!aggregateTypes.contains(type) && log.count(ofType, 1) == 0) {
                throw InvalidQuery.noneOf("aggregateType", type, aggregateTypes);
            }
        }
    }

    private static void requireNotNegative(String field, Long value) {
        if (value != null && value < 0) {
            throw InvalidQuery.outOfRange(field, value + " is less than 0");
        }
    }

    /** The same of a position that a caller gave. */
    static void requireWithinHead(EventLog now, String field, Long position) {
        if (position == null) {
            return;
        }
        requireNotNegative(field, position);
        BeyondHead.requireWithin(now.head(), field, position);
    }
}
