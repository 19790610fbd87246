package io.swarmledger.app.imports;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.HalfSurrogates;
import io.swarmledger.events.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a payload of a known type calls things by. Text that was cut in the middle of a character is common in titles, errors
 * and results, and stays there as its escape; of a name nobody could say which of two it is.
 */
final class Names {

    /** What says something of a thing instead of naming it. */
    private static final Set<String> SAID = Set.of(
            "title", "description", "error", "stack", "reason", "name", "result", "config", "context", "metrics");

    private static final Pattern ESCAPED_SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

    private Names() {}

    /** Whether JSON has an escape that half a surrogate pair could come of. */
    static boolean mayBeCut(String json) {
        return json.contains("\\u") && ESCAPED_SURROGATE.matcher(json).find();
    }

    /** The field of the payload whose name has half a surrogate pair; empty if none has. */
    static Optional<String> cutIn(String type, String payload) {
        if (EventTypes.recordOf(type).isEmpty()
                || !(Json.mapper().readValue(payload, Object.class) instanceof Map<?, ?> fields)) {
            return Optional.empty();
        }
        return fields.entrySet().stream()
                .filter(field -> !SAID.contains(field.getKey()) && isCut(field.getValue()))
                .map(field -> HalfSurrogates.escapedIn(String.valueOf(field.getKey())))
                .findFirst();
    }

    private static boolean isCut(Object value) {
        return value instanceof String text
                ? HalfSurrogates.indexIn(text, 0) >= 0
                : value instanceof List<?> list && list.stream().anyMatch(Names::isCut);
    }
}
