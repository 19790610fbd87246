package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.events.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A hook's JSON, as it came.
 *
 * @param json {@code null} if it is no JSON object
 * @param defect why it cannot be understood, whatever it says; {@code null} if nothing is wrong with it as a whole
 */
public record Hook(byte[] body, ObjectNode json, String defect) {

    /** A main agent's id begins with five characters more, a task's ends with its number. */
    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9._:@-]{1,100}");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:@-]{1,128}");
    private static final int LONGEST_KEY = 200;

    /** Reads one. Nothing is wrong enough for it to fail. */
    public static Hook read(byte[] body) {
        JsonNode json;
        try {
            json = Json.mapper().readTree(body);
        } catch (JacksonException noJson) {
            return new Hook(body, null, "is no JSON: " + Json.reason(noJson));
        }
        if (!(json instanceof ObjectNode object)) {
            return new Hook(body, null, "is no JSON object");
        }
        Hook hook = new Hook(body, object, null);
        if (hook.sessionId() == null) {
            return new Hook(body, object, "names no session");
        }
        return hook.text("hook_event_name") == null ? new Hook(body, object, "names no event") : hook;
    }

    /** The session that it belongs to; {@code null} if it names none that could be one. */
    public String sessionId() {
        String session = text("session_id");
        return isSessionId(session) ? session : null;
    }

    /** Its event's name; {@code unknown} if it has none. */
    public String event() {
        String event = text("hook_event_name");
        return event == null || event.length() > LONGEST_KEY ? "unknown" : event;
    }

    /** A text of its own; {@code null} if there is none, or an empty one. */
    String text(String field) {
        JsonNode value = json == null ? null : json.get(field);
        return value != null && value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
    }

    /**
     * A text that must be there.
     *
     * @throws NotUnderstood if it is not
     */
    String required(String field) {
        String text = text(field);
        if (text == null) {
            throw new NotUnderstood(field + (json.has(field) ? " is no text" : " is missing"));
        }
        return text;
    }

    /**
     * A part of ids; {@code null} if it is not there.
     *
     * @throws NotUnderstood if it is there and no id can have it
     */
    String key(String field) {
        if (!json.hasNonNull(field)) {
            return null;
        }
        String key = required(field);
        if (key.length() > LONGEST_KEY) {
            throw new NotUnderstood(field + " is too long");
        }
        return key;
    }

    /**
     * The subagent that it is about; {@code null} for the main agent.
     *
     * @throws NotUnderstood if it is no id
     */
    String agentId() {
        String agent = key("agent_id");
        if (agent != null && !isId(agent)) {
            throw new NotUnderstood("agent_id is no id");
        }
        return agent;
    }

    JsonNode at(String field) {
        return json.path(field);
    }

    static boolean isSessionId(String text) {
        return text != null && SESSION_ID.matcher(text).matches();
    }

    static boolean isId(String text) {
        return text != null && ID.matcher(text).matches();
    }

    /** Its text, as far as it is one. */
    String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Says what of a known hook is not as it should be. */
    static final class NotUnderstood extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotUnderstood(String reason) {
            super(reason, null, false, false);
        }
    }
}
