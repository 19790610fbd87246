package io.swarmledger.query.search;

import io.swarmledger.events.Json;
import io.swarmledger.query.failure.FailureTypes;
import io.swarmledger.query.log.LogRow;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What of an event is searched, by field. Of one with very much text, only the beginning: {@link #MAX_LENGTH} characters in
 * all.
 */
final class EventText {

    /** Characters of one event. */
    static final int MAX_LENGTH = 32_768;

    /** A letter of nobody's language: nobody looks for this by its word. */
    static final String FAILURE = "\uE000failure";

    /** Likewise: between two texts, so that no phrase is half in one and half in the other. */
    static final String SEPARATOR = "\n\uE003\n";

    /** Nobody remembers one, and each is a word that no other event has. */
    private static final int DIGITS_OF_A_TIME = 10;

    private final Map<Field, StringBuilder> texts = new EnumMap<>(Field.class);
    private int length;
    private boolean isCut;
    private boolean hasError;
    private final String type;

    private EventText(String type) {
        this.type = type;
    }

    /** That of a row of the log. */
    static EventText of(LogRow row) {
        EventText text = new EventText(row.type());
        text.add(Field.ID, row.id());
        text.add(Field.TYPE, row.type());
        text.add(Field.ofAggregate(row.aggregateType()), row.aggregateId());
        text.add(Field.SWARM, row.swarmId());
        if (row.correlationId() != null && !row.correlationId().equals(row.swarmId())) {
            text.add(Field.ID, row.correlationId());
        }
        text.addJson(row.payload());
        text.addJson(row.metadata());
        return text;
    }

    private void addJson(String json) {
        if (json == null) {
            return;
        }
        try (JsonParser parser = Json.mapper().createParser(json)) {
            JsonToken token = parser.nextToken();
            while (token != null && !isCut) {
                if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    String name = nameOf(parser);
                    hasError |= "error".equals(name);
                    add(name, parser.getString(), token);
                }
                token = parser.nextToken();
            }
        } catch (JacksonException noJson) {
            add(Field.TEXT, json);
        }
    }

    private void add(String name, String value, JsonToken token) {
        Field field = Field.ofName(name);
        boolean isTime = token.isNumeric() && value.length() >= DIGITS_OF_A_TIME;
        if (field != Field.TEXT) {
            add(field, value);
        } else if (!isTime) {
            add(field, name == null ? value : name + ": " + value);
        }
    }

    /** An item of a list has the name of the list. */
    private static String nameOf(JsonParser parser) {
        return parser.currentName() != null
                ? parser.currentName()
                : parser.streamReadContext().getParent() == null
                        ? null
                        : parser.streamReadContext().getParent().currentName();
    }

    private void add(Field field, String text) {
        if (text == null || text.isEmpty() || isCut) {
            return;
        }
        StringBuilder all = texts.computeIfAbsent(field, added -> new StringBuilder());
        // A payload says again whose it is.
        if (text.contentEquals(all)) {
            return;
        }
        int room = MAX_LENGTH - length;
        isCut = text.length() > room;
        all.append(all.isEmpty() ? "" : SEPARATOR).append(text, 0, Math.min(text.length(), room));
        length += Math.min(text.length(), room);
    }

    /** What is in a field, as SQLite's tokenizer is to see it; {@code null} for nothing. */
    String in(Field field) {
        StringBuilder text = texts.get(field);
        return text == null ? null : Ideographs.apart(text);
    }

    /** What the event is, in the index's own words; {@code null} for nothing in particular. */
    String mark() {
        boolean isFailure = FailureTypes.REPORTED.contains(type) || FailureTypes.CALLS.contains(type) && hasError;
        return isFailure ? FAILURE : null;
    }

    /** Whether there is more text in the event. */
    boolean isCut() {
        return isCut;
    }
}
