package io.swarmledger.app.http.query;

import io.swarmledger.app.Moment;
import io.swarmledger.query.log.FindEvents;
import java.util.List;

/** Which events of one aggregate are asked for, as {@link EventFilter} says of all. */
record HistoryFilter(
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

    FindEvents query(String aggregateId) {
        return new EventFilter(
                        List.of(aggregateId),
                        null,
                        type,
                        after,
                        before,
                        fromVersion,
                        afterPosition,
                        swarmId,
                        correlationId,
                        limit,
                        offset,
                        order,
                        cursor)
                .query();
    }
}
