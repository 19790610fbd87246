package io.swarmledger.app.door;

import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Which events are asked for, by whichever door; the components are the names that callers know. What is {@code null} or
 * empty says nothing.
 *
 * @param aggregateId of any of these aggregates
 * @param aggregateType of any of these types of aggregate
 * @param type of any of these event types
 * @param after later than that
 * @param before earlier than that
 * @param fromVersion of that version or a higher one
 * @param afterPosition behind that position
 * @param tool only calls of that tool
 * @param model only calls of that model
 * @param taskId only calls of tools and models that name that task
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
        String tool,
        String model,
        String taskId) {

    private static final String TOOL_CALLED = "agent:tool-called";
    private static final String MODEL_CALLED = "agent:model-called";

    /** The same of one aggregate. */
    public EventFilter of(String aggregateId) {
        return new EventFilter(
                List.of(aggregateId),
                aggregateType,
                type,
                after,
                before,
                fromVersion,
                afterPosition,
                swarmId,
                correlationId,
                tool,
                model,
                taskId);
    }

    /** The same of that time; {@code null} for no bound. */
    public EventFilter within(Moment after, Moment before) {
        return new EventFilter(
                aggregateId,
                aggregateType,
                type,
                after,
                before,
                fromVersion,
                afterPosition,
                swarmId,
                correlationId,
                tool,
                model,
                taskId);
    }

    /** The same without what is blank, as a form has fields that nobody filled in. */
    public EventFilter filledIn() {
        return new EventFilter(
                filledIn(aggregateId),
                filledIn(aggregateType),
                filledIn(type),
                after,
                before,
                fromVersion,
                afterPosition,
                filledIn(swarmId),
                filledIn(correlationId),
                filledIn(tool),
                filledIn(model),
                filledIn(taskId));
    }

    private static List<String> filledIn(List<String> texts) {
        return texts == null
                ? null
                : texts.stream().filter(text -> filledIn(text) != null).toList();
    }

    private static String filledIn(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** The question for one page of them. */
    public FindEvents query(EventPage page) {
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
                page.limit(),
                page.offset(),
                page.order() == Order.desc,
                page.cursor(),
                null,
                tool,
                model,
                taskId);
    }

    /** Whether every event behind {@code afterPosition} is one of them. */
    public boolean isEverything() {
        return isAny(aggregateId)
                && isAny(aggregateType)
                && isAny(type)
                && after == null
                && before == null
                && fromVersion == null
                && swarmId == null
                && correlationId == null
                && isOfAnyCall();
    }

    /** Whether an event is one of them, wherever it stands in the log. */
    public boolean matches(RecordedEvent event) {
        Double from = Moment.millisOf(after);
        Double to = Moment.millisOf(before);
        return isOneOf(aggregateId, event.aggregateId())
                && isOneOf(aggregateType, event.aggregateType())
                && isOneOf(type, event.type())
                && (from == null || event.timestamp() > from)
                && (to == null || event.timestamp() < to)
                && (fromVersion == null || event.version() >= fromVersion)
                && (swarmId == null || swarmId.equals(event.swarmId()))
                && (correlationId == null || correlationId.equals(event.correlationId()))
                && (isOfAnyCall() || isThatCall(event));
    }

    private boolean isOfAnyCall() {
        return tool == null && model == null && taskId == null;
    }

    private boolean isThatCall(RecordedEvent event) {
        boolean isOfTool = event.type().equals(TOOL_CALLED);
        if (!isOfTool && !event.type().equals(MODEL_CALLED)) {
            return false;
        }
        try {
            JsonNode call = event.payload().tree();
            return (tool == null || isOfTool && says(call, "tool", tool))
                    && (model == null || !isOfTool && says(call, "model", model))
                    && (taskId == null || says(call, "taskId", taskId));
        } catch (JacksonException noJson) {
            return false;
        }
    }

    private static boolean says(JsonNode call, String field, String value) {
        return value.equals(call.path(field).stringValue(null));
    }

    private static boolean isOneOf(List<String> allowed, String value) {
        return isAny(allowed) || allowed.contains(value);
    }

    private static boolean isAny(List<String> allowed) {
        return allowed == null || allowed.isEmpty();
    }
}
