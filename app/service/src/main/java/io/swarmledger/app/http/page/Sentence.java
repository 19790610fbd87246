package io.swarmledger.app.http.page;

import io.swarmledger.query.log.RecordedEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What an event says happened, as people would say it.
 *
 * @param verb what was done
 * @param what it was done with or to; empty if that says nothing
 * @param millis how long it took, {@code null} where that is not told
 * @param failed whether it went wrong
 */
record Sentence(String verb, String what, Double millis, boolean failed) {

    static Sentence of(RecordedEvent event) {
        JsonNode told = payload(event);
        String error = told.path("error").asString("");
        boolean failed = told.hasNonNull("error");
        Double millis = told.path("duration").isNumber() ? told.get("duration").doubleValue() : null;
        return switch (event.type()) {
            case "agent:tool-called" -> new Sentence(
                    failed ? "called, and it failed:" : "called",
                    joined(told.path("tool").asString(""), told.path("title").asString(""), error),
                    millis,
                    failed);
            case "agent:model-called" -> new Sentence(
                    failed ? "asked a model, and it failed:" : "asked",
                    joined(
                            told.path("model").asString("a model"),
                            told.path("inputTokens").asString("?") + " tokens in, "
                                    + told.path("outputTokens").asString("?") + " out",
                            error),
                    millis,
                    failed);
            case "agent:message-sent" -> new Sentence(
                    "said to " + told.path("to").asString("somebody"),
                    told.hasNonNull("text")
                            ? told.get("text").asString("")
                            : told.path("size").asString("?") + " bytes",
                    null,
                    false);
            case "agent:spawned" -> new Sentence(
                    told.hasNonNull("parentAgentId")
                            ? "was started by " + told.get("parentAgentId").asString("")
                            : "was started",
                    told.hasNonNull("role") ? "as " + told.get("role").asString("") : "",
                    null,
                    false);
            case "task:created" -> new Sentence(
                    "is to be done:", told.path("title").asString(""), null, false);
            default -> new Sentence(words(event.type()), Said.of(event), millis, Look.isFailure(event.type()));
        };
    }

    /** {@code task:in-progress} is "in progress": of what, its line says. */
    private static String words(String type) {
        return type.substring(type.indexOf(':') + 1).replace('-', ' ');
    }

    private static String joined(String... parts) {
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            if (!part.isBlank()) {
                joined.append(joined.isEmpty() ? "" : " – ").append(part);
            }
        }
        return joined.toString();
    }

    /** A payload that is cut, or no JSON, tells nothing. */
    private static JsonNode payload(RecordedEvent event) {
        try {
            return event.payload().tree();
        } catch (JacksonException notWhole) {
            return MissingNode.getInstance();
        }
    }
}
