package io.swarmledger.query.log;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;
import java.util.List;

/**
 * Asks for the events of which all of this is true, in the order of their positions: a
 * {@link io.swarmledger.query.Page} of {@link RecordedEvent}. What is {@code null} or empty says nothing.
 *
 * @param aggregateIds of any of these aggregates
 * @param aggregateTypes of any of these types of aggregate
 * @param types of any of these event types
 * @param after later than that, epoch milliseconds
 * @param before earlier than that, epoch milliseconds
 * @param fromVersion of that version or a higher one
 * @param afterPosition behind that position
 * @param limit at most so many; 100 unless given, at most 10,000
 * @param offset passing over so many
 * @param descending the newest first
 * @param cursor where the page before ended
 * @param payloadCharacters of each payload so many characters, which may then be no JSON; {@code null} for all of it
 * @param tool only calls of that tool
 * @param model only calls of that model
 * @param taskId only calls of tools and models that name that task
 */
@RecordBuilder
public record FindEvents(
        List<String> aggregateIds,
        List<String> aggregateTypes,
        List<String> types,
        Double after,
        Double before,
        Long fromVersion,
        Long afterPosition,
        String swarmId,
        String correlationId,
        Integer limit,
        Long offset,
        boolean descending,
        String cursor,
        Long payloadCharacters,
        String tool,
        String model,
        String taskId)
        implements LedgerQuery, FindEventsBuilder.With {

    /** The most that one page may have. */
    public static final int MAX_LIMIT = 10_000;

    /** All of them. */
    public static FindEvents all() {
        return FindEventsBuilder.builder().build();
    }

    /** The history of one aggregate. */
    public static FindEvents of(String aggregateId) {
        return FindEventsBuilder.builder().aggregateIds(List.of(aggregateId)).build();
    }

    /** Which events are meant, but for where in the log they are. */
    public EventCriteria criteria() {
        return EventCriteriaBuilder.builder()
                .aggregateIds(aggregateIds)
                .aggregateTypes(aggregateTypes)
                .types(types)
                .after(after)
                .before(before)
                .fromVersion(fromVersion)
                .swarmId(swarmId)
                .correlationId(correlationId)
                .tool(tool)
                .model(model)
                .taskId(taskId)
                .build();
    }

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
