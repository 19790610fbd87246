package io.swarmledger.app.http.stream;

import io.swarmledger.app.Moment;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import java.util.List;

/** Which events are followed: the filters of {@code GET /api/events}, without what is about pages. */
record StreamFilter(
        List<String> aggregateId,
        List<String> aggregateType,
        List<String> type,
        Moment after,
        Moment before,
        Long fromVersion,
        Long afterPosition,
        String swarmId,
        String correlationId) {

    /** The same question to the log. */
    FindEvents query() {
        return new FindEvents(
                aggregateId,
                aggregateType,
                type,
                Moment.millisOf(after),
                Moment.millisOf(before),
                fromVersion,
                null,
                swarmId,
                correlationId,
                1,
                null,
                false,
                null,
                null);
    }

    /** Whether every event is one of them. */
    boolean isEverything() {
        return isAny(aggregateId)
                && isAny(aggregateType)
                && isAny(type)
                && after == null
                && before == null
                && fromVersion == null
                && swarmId == null
                && correlationId == null;
    }

    /** Whether an event is one of them, wherever it stands in the log. */
    boolean matches(RecordedEvent event) {
        Double from = Moment.millisOf(after);
        Double to = Moment.millisOf(before);
        return isOneOf(aggregateId, event.aggregateId())
                && isOneOf(aggregateType, event.aggregateType())
                && isOneOf(type, event.type())
                && (from == null || event.timestamp() > from)
                && (to == null || event.timestamp() < to)
                && (fromVersion == null || event.version() >= fromVersion)
                && (swarmId == null || swarmId.equals(event.swarmId()))
                && (correlationId == null || correlationId.equals(event.correlationId()));
    }

    private static boolean isOneOf(List<String> allowed, String value) {
        return isAny(allowed) || allowed.contains(value);
    }

    private static boolean isAny(List<String> allowed) {
        return allowed == null || allowed.isEmpty();
    }
}
