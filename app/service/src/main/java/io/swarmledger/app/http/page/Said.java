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
            "name",
            "toPhase",
            "phase",
            "newStatus",
            "status",
            "taskId",
            "agentId",
            "key",
            "role");

    private Said() {}

    /** The most telling field of its payload; empty if there is none. */
    static String of(RecordedEvent event) {
        try {
            JsonNode payload = event.payload().tree();
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
}
