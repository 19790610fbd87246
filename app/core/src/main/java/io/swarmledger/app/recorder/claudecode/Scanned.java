package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.events.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a line of a transcript says about its place among the others, read without building the rest.
 *
 * @param type {@code null} if it says none; so with all of it
 * @param timestamp as it is written
 * @param messageId of the model's answer that it is a part of
 * @param launches the calls in it by which agents are started
 * @param launched the agent that a call in it had started, and which call
 */
record Scanned(
        String type,
        String timestamp,
        String session,
        String agent,
        String messageId,
        List<Launch> launches,
        Launched launched) {

    /** A call by which an agent is started. */
    record Launch(String callId, String type, String title) {}

    /** The agent that a call started. */
    record Launched(String agent, String callId) {}

    /** Reads a line; empty if it is no JSON object. */
    static Optional<Scanned> of(byte[] line) {
        try (JsonParser json = Json.mapper().createParser(line)) {
            return json.nextToken() == JsonToken.START_OBJECT
                    ? Optional.of(new Scanning(json).all())
                    : Optional.empty();
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    /** When it was written, epoch milliseconds; {@code null} if it says no time. */
    Double time() {
        try {
            return timestamp == null ? null : (double) Instant.parse(timestamp).toEpochMilli();
        } catch (DateTimeException | ArithmeticException noTime) {
            return null;
        }
    }

    private static final class Scanning {

        private final JsonParser json;
        private final List<Launch> launches = new ArrayList<>();
        private String messageId;
        private String resultOf;
        private String launchedAgent;

        Scanning(JsonParser json) {
            this.json = json;
        }

        /** {@code null} if something follows it. */
        Scanned all() {
            String type = null;
            String timestamp = null;
            String session = null;
            String agent = null;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "type" -> type = text();
                    case "timestamp" -> timestamp = text();
                    case "sessionId" -> session = text();
                    case "agentId" -> agent = text();
                    case "message" -> message();
                    case "toolUseResult" -> result();
                    default -> json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                return null;
            }
            Launched launched =
                    launchedAgent == null || resultOf == null ? null : new Launched(launchedAgent, resultOf);
            return new Scanned(type, timestamp, session, agent, messageId, launches, launched);
        }

        private void message() {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("id")) {
                    messageId = text();
                } else if (name.equals("content") && json.currentToken() == JsonToken.START_ARRAY) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        block();
                    }
                } else {
                    json.skipChildren();
                }
            }
        }

        private void block() {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            String id = null;
            String tool = null;
            String type = null;
            String title = null;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "id" -> id = text();
                    case "name" -> tool = text();
                    case "tool_use_id" -> resultOf = text();
                    case "input" -> {
                        if (json.currentToken() != JsonToken.START_OBJECT) {
                            json.skipChildren();
                            continue;
                        }
                        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                            String field = json.currentName();
                            json.nextToken();
                            if (field.equals("subagent_type")) {
                                type = text();
                            } else if (field.equals("description")) {
                                title = text();
                            } else {
                                json.skipChildren();
                            }
                        }
                    }
                    default -> json.skipChildren();
                }
            }
            if (id != null && tool != null && Launches.isBy(tool)) {
                launches.add(new Launch(id, type, title));
            }
        }

        private void result() {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isAgent = json.currentName().equals("agentId");
                json.nextToken();
                if (isAgent) {
                    launchedAgent = text();
                } else {
                    json.skipChildren();
                }
            }
        }

        /** The value, if it is a text; whatever it is, it is read. */
        private String text() {
            String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : null;
            json.skipChildren();
            return text;
        }
    }
}
