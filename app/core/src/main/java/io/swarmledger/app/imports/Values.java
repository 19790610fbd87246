package io.swarmledger.app.imports;

import io.swarmledger.app.imports.EventSource.Unreadable;
import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;

/** Takes the values of one row for what they should be, and notes each that is not. */
final class Values {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final String NO_VALUE = "has no value";

    private final long row;
    private List<BadRow> bad = List.of();

    Values(long row) {
        this.row = row;
    }

    /** What was not what it should be. */
    List<BadRow> bad() {
        return bad;
    }

    void fault(String column, String reason) {
        if (bad.isEmpty()) {
            bad = new ArrayList<>();
        }
        bad.add(new BadRow(row, column, reason));
    }

    String text(String column, Object value) {
        if (value == null) {
            fault(column, NO_VALUE);
        }
        return textOrNull(column, value);
    }

    String textOrNull(String column, Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            fault(column, isNot("text", value));
            return null;
        }
        return text;
    }

    /** A whole number from {@code least} to {@code most}; 0 if it is none. */
    long whole(String column, Object value, long least, long most) {
        if (value == null) {
            fault(column, NO_VALUE);
        } else if (!(value instanceof Long || value instanceof Integer)) {
            fault(column, isNot("a whole number", value));
        } else if (((Number) value).longValue() < least) {
            fault(column, "is " + value + ", less than " + least);
        } else if (((Number) value).longValue() > most) {
            fault(column, "is " + value + ", more than " + most);
        } else {
            return ((Number) value).longValue();
        }
        return 0;
    }

    /** A finite number, a {@code Long} or a {@code Double}; {@code null} if it is none. */
    Number number(String column, Object value) {
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double real && Double.isFinite(real)) {
            return real;
        }
        fault(column, value == null ? NO_VALUE : isNot("a number of milliseconds", value));
        return null;
    }

    /** Text that is one JSON value, whichever. */
    String json(String column, Object value) {
        String text = text(column, value);
        if (text != null) {
            try (JsonParser parser = Json.mapper().createParser(text)) {
                JsonToken first = parser.nextToken();
                if (first == null) {
                    fault(column, "is empty, which is no JSON");
                } else {
                    parser.skipChildren();
                    if (parser.nextToken() != null) {
                        fault(column, "is no JSON: there is more behind the first value");
                    }
                }
            } catch (JacksonException defect) {
                fault(column, noJson(defect));
            }
        }
        return text;
    }

    /** The entries of text that is a JSON object; none if there is no text, or if it is something else. */
    Map<String, Object> object(String column, String text) {
        if (text == null || text.equals("{}")) {
            return Map.of();
        }
        try (JsonParser parser = Json.mapper().createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                // Whoever reads the event back will read it so. What that cannot read must not get in: it would end the
                // stream that the event is in.
                return Json.mapper().readValue(text, OBJECT);
            }
            fault(column, "is no JSON object: " + BadRow.shown(text));
        } catch (JacksonException defect) {
            fault(column, "is no JSON object: " + Json.reason(defect));
        }
        return Map.of();
    }

    static String noJson(JacksonException defect) {
        return "is no JSON: " + Json.reason(defect);
    }

    private static String isNot(String wanted, Object value) {
        if (value instanceof Unreadable unreadable) {
            return unreadable.reason();
        }
        String kind = "a structure";
        if (value instanceof String) {
            kind = "the text " + BadRow.shown(value);
        } else if (value instanceof byte[]) {
            kind = "a blob";
        } else if (value instanceof Number || value instanceof Boolean) {
            kind = value.toString();
        }
        return "is " + kind + ", not " + wanted;
    }
}
