package io.swarmledger.app.http.page;

import io.swarmledger.query.log.RecordedEvent;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What an event says of itself in one line: why it failed, what it is about. */
final class Said {

    /** The fields of payloads that people read first. */
    private static final List<String> TELLING = List.of(
            "error",
            "reason",
            "title",
            "text",
            "name",
            "toPhase",
            "phase",
            "newStatus",
            "status",
            "taskId",
            "agentId",
            "key",
            "role",
            "to");

    private Said() {}

    /** The most telling field of its payload; empty if there is none. */
    static String of(RecordedEvent event) {
        try {
            JsonNode payload = event.payload().tree();
            if (event.type().equals("agent:tool-called")) {
                return called(payload.path("tool").asString(""), payload);
            }
            if (event.type().equals("agent:model-called")) {
                return called(payload.path("model").asString(""), payload);
            }
            return TELLING.stream()
                    .map(payload::path)
                    .flatMap(field -> field.isString() && !field.stringValue().isBlank()
                            ? Stream.of(field.stringValue())
                            : Stream.empty())
                    .findFirst()
                    .orElse("");
        } catch (JacksonException damaged) {
            return event.payload().text();
        }
    }

    /** The stack that it tells beside its error, {@code null} if it tells none. */
    static String stackOf(RecordedEvent event) {
        try {
            JsonNode stack = event.payload().tree().path("stack");
            return stack.isString() && !stack.stringValue().isBlank() ? stack.stringValue() : null;
        } catch (JacksonException damaged) {
            return null;
        }
    }

    private static String called(String what, JsonNode call) {
        String more = call.hasNonNull("error")
                ? call.get("error").asString("")
                : call.path("title").asString("");
        return more.isBlank() ? what : what + ": " + more;
    }
}
