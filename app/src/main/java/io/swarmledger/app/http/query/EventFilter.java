package io.swarmledger.app.http.query;

import io.swarmledger.app.Moment;
import io.swarmledger.query.log.FindEvents;
import java.util.List;

/**
 * Which events are asked for; the components are the names of the query string's parameters. What is {@code null} or
 * empty says nothing.
 *
 * @param aggregateId of any of these aggregates
 * @param aggregateType of any of these types of aggregate
 * @param type of any of these event types
 * @param after later than that
 * @param before earlier than that
 * @param fromVersion of that version or a higher one
 * @param afterPosition behind that position
 */
public record EventFilter(
        List<String> aggregateId,
        List<String> aggregateType,
        List<String> type,
        Moment after,
        Moment before,
        Long fromVersion,
        Long afterPosition,
        String swarmId,
        String correlationId,
        Integer limit,
        Long offset,
        Order order,
        String cursor) {

    /** The question that it is. */
    public FindEvents query() {
        return new FindEvents(
                aggregateId,
                aggregateType,
                type,
                Moment.millisOf(after),
                Moment.millisOf(before),
                fromVersion,
                afterPosition,
                swarmId,
                correlationId,
                limit,
                offset,
                Order.isDescending(order),
                cursor,
                null);
    }
}
