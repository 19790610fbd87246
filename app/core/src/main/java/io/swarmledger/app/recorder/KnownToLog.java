package io.swarmledger.app.recorder;

import io.swarmledger.events.Json;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.LogRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** What the log says, asked anew each time. */
public final class KnownToLog implements Known {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final EventLog log;

    public KnownToLog(EventLog log) {
        this.log = log;
    }

    @Override
    public boolean has(String eventId) {
        return log.byId(eventId).isPresent();
    }

    @Override
    public Set<String> those(Collection<String> eventIds) {
        return log.byIds(eventIds).stream().map(LogRow::id).collect(Collectors.toSet());
    }

    @Override
    public Optional<Event> event(String eventId) {
        return log.byId(eventId).map(KnownToLog::event);
    }

    @Override
    public List<Event> last(String aggregateId, int most, String... types) {
        EventCriteria criteria = EventCriteria.ofTypes(List.of(types)).withAggregateIds(List.of(aggregateId));
        List<Event> newestFirst = new ArrayList<>();
        log.read(EventSelection.of(criteria).withNewestFirst(true), new Budget(most, Budget.PAGE.bytes()))
                .rows()
                .forEach(row -> newestFirst.add(event(row)));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    @Override
    public boolean mayHaveSwarm(String swarmId) {
        return log.count(EventSelection.of(EventCriteria.ALL.withSwarmId(swarmId)), 1) > 0;
    }

    private static Event event(LogRow row) {
        return new Event(row.id(), row.type(), row.timestamp().doubleValue(), payload(row), metadata(row));
    }

    private static JsonNode payload(LogRow row) {
        try {
            return Json.mapper().readTree(row.payload());
        } catch (JacksonException noJson) {
            return null;
        }
    }

    private static Map<String, Object> metadata(LogRow row) {
        try {
            return row.metadata() == null ? Map.of() : Json.mapper().readValue(row.metadata(), OBJECT);
        } catch (JacksonException noObject) {
            return Map.of();
        }
    }
}
