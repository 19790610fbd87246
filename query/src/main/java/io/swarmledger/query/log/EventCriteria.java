package io.swarmledger.query.log;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which events are meant: those of which all of this is true. What is {@code null} or empty says nothing.
 *
 * @param aggregateIds of any of these aggregates
 * @param aggregateTypes of any of these types of aggregate
 * @param types of any of these event types
 * @param after later than that, epoch milliseconds
 * @param before earlier than that, epoch milliseconds
 * @param fromVersion of that version or a higher one
 * @param mentions of the aggregate of that id, or with the text somewhere in their payload
 * @param uncaused whether only those that name no cause
 * @param failed of calls of tools and models only those with an error
 * @param tool only calls of that tool
 * @param model only calls of that model
 * @param taskId only calls of tools and models that name that task
 */
@RecordBuilder
public record EventCriteria(
        List<String> aggregateIds,
        List<String> aggregateTypes,
        List<String> types,
        Double after,
        Double before,
        Long fromVersion,
        String swarmId,
        String correlationId,
        String mentions,
        boolean uncaused,
        boolean failed,
        String tool,
        String model,
        String taskId)
        implements EventCriteriaBuilder.With {

    /** Every event. */
    public static final EventCriteria ALL = EventCriteriaBuilder.builder().build();

    /** Those of these types. */
    public static EventCriteria ofTypes(List<String> types) {
        return ALL.withTypes(types);
    }

    /** Whether every event is meant. */
    public boolean saysNothing() {
        return Stream.of(aggregateIds, aggregateTypes, types).allMatch(among -> among == null || among.isEmpty())
                && Stream.of(after, before, fromVersion, swarmId, correlationId, mentions, tool, model, taskId)
                        .allMatch(Objects::isNull)
                && !uncaused
                && !failed;
    }
}
