package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.events.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of Claude Code, as far as they say which hooks go to a ledger. Whatever else is in them stays as it is and
 * where it is; they are written as Claude Code writes them.
 */
public final class HookSettings {

    /** Below which a service hears hooks. */
    public static final String DOOR = "/api/hooks/claude-code";

    /** Seconds that a session waits for a service that does not answer. */
    static final int TIMEOUT_S = 2;

    /** What a ledger wants to hear of. At the start of a session none are sent over HTTP; its first hook says as much. */
    static final List<String> EVENTS = List.of(
            "UserPromptSubmit",
            "PreToolUse",
            "PostToolUse",
            "PostToolUseFailure",
            "SubagentStart",
            "SubagentStop",
            "TaskCreated",
            "TaskCompleted",
            "Stop",
            "StopFailure",
            "SessionEnd");

    private static final String HOOKS = "hooks";
    private static final Pattern INDENTED = Pattern.compile("\\n([ \\t]+)\\S");
    private static final String USUAL_INDENT = "  ";

    private static final JsonMapper STRICT = Json.mapper()
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private final ObjectNode settings;
    private final String indent;
    private final String ending;

    private HookSettings(ObjectNode settings, String indent, String ending) {
        this.settings = settings;
        this.indent = indent;
        this.ending = ending;
    }

    /**
     * Reads settings.
     *
     * @param text of the file; empty where there is none
     * @throws IllegalArgumentException saying what is wrong with it, as the end of a sentence that names the file
     */
    public static HookSettings read(String text) {
        if (text.isBlank()) {
            return new HookSettings(JsonNodeFactory.instance.objectNode(), USUAL_INDENT, "\n");
        }
        JsonNode json;
        try {
            json = STRICT.readTree(text);
        } catch (JacksonException defect) {
            throw new IllegalArgumentException("is no JSON: " + Json.reason(defect));
        }
        if (!(json instanceof ObjectNode settings)) {
            throw new IllegalArgumentException("is no JSON object");
        }
        requireHooks(settings);
        Matcher indented = INDENTED.matcher(text);
        return new HookSettings(
                settings, indented.find() ? indented.group(1) : USUAL_INDENT, text.endsWith("\n") ? "\n" : "");
    }

    private static void requireHooks(ObjectNode settings) {
        JsonNode hooks = settings.path(HOOKS);
        if (settings.has(HOOKS) && !hooks.isObject()) {
            throw new IllegalArgumentException("has hooks that are no JSON object");
        }
        for (Map.Entry<String, JsonNode> event : hooks.properties()) {
            if (EVENTS.contains(event.getKey()) && !event.getValue().isArray()) {
                throw new IllegalArgumentException("has hooks of " + event.getKey() + " that are no JSON array");
            }
        }
    }

    /**
     * Has hooks go to a service, and no longer to another one. What is so already stays.
     *
     * @param service its address, such as {@code http://127.0.0.1:8080}
     * @param tokenVariable the environment variable that has the token, or {@code null}
     */
    public void connect(String service, String tokenVariable) {
        ObjectNode wanted = hook(service + DOOR, tokenVariable);
        ObjectNode hooks = settings.path(HOOKS) instanceof ObjectNode there ? there : settings.putObject(HOOKS);
        for (String event : EVENTS) {
            ArrayNode groups = hooks.path(event) instanceof ArrayNode there ? there : hooks.putArray(event);
            List<JsonNode> own = new ArrayList<>();
            groups.forEach(group -> group.path(HOOKS).forEach(hook -> {
                if (isOwn(hook)) {
                    own.add(hook);
                }
            }));
            if (own.size() != 1 || !own.get(0).equals(wanted)) {
                takeBackFrom(groups);
                groups.addObject().putArray(HOOKS).add(wanted);
            }
        }
    }

    /** Takes back every hook that goes to a ledger, and what that leaves empty. */
    public void disconnect() {
        if (!(settings.path(HOOKS) instanceof ObjectNode hooks)) {
            return;
        }
        boolean isTaken = false;
        for (String event : List.copyOf(hooks.propertyNames())) {
            if (hooks.path(event) instanceof ArrayNode groups && takeBackFrom(groups)) {
                isTaken = true;
                if (groups.isEmpty()) {
                    hooks.remove(event);
                }
            }
        }
        if (isTaken && hooks.isEmpty()) {
            settings.remove(HOOKS);
        }
    }

    private static boolean takeBackFrom(ArrayNode groups) {
        boolean isTaken = false;
        for (int i = groups.size() - 1; i >= 0; i--) {
            if (groups.get(i).path(HOOKS) instanceof ArrayNode of && takeOwn(of)) {
                isTaken = true;
                if (of.isEmpty()) {
                    groups.remove(i);
                }
            }
        }
        return isTaken;
    }

    private static boolean takeOwn(ArrayNode hooks) {
        boolean isTaken = false;
        for (int i = hooks.size() - 1; i >= 0; i--) {
            if (isOwn(hooks.get(i))) {
                hooks.remove(i);
                isTaken = true;
            }
        }
        return isTaken;
    }

    private static boolean isOwn(JsonNode hook) {
        return hook.path("type").asString("").equals("http")
                && hook.path("url").asString("").endsWith(DOOR);
    }

    private static ObjectNode hook(String url, String tokenVariable) {
        ObjectNode hook =
                JsonNodeFactory.instance.objectNode().put("type", "http").put("url", url);
        // As a number that was read, so that it equals one.
        hook.set("timeout", JsonNodeFactory.instance.numberNode(BigInteger.valueOf(TIMEOUT_S)));
        if (tokenVariable != null) {
            hook.putObject("headers").put("Authorization", "Bearer $" + tokenVariable);
            hook.putArray("allowedEnvVars").add(tokenVariable);
        }
        return hook;
    }

    /** The settings as a file has them. */
    public String text() {
        StringBuilder text = new StringBuilder();
        write(settings, "\n", text);
        return text.append(ending).toString();
    }

    private void write(JsonNode value, String newLine, StringBuilder text) {
        boolean isObject = value.isObject();
        if (!isObject && !value.isArray() || value.isEmpty()) {
            text.append(value.isContainer() ? isObject ? "{}" : "[]" : STRICT.writeValueAsString(value));
            return;
        }
        String inner = newLine + indent;
        String before = inner;
        text.append(isObject ? '{' : '[');
        for (Map.Entry<String, JsonNode> field : isObject ? value.properties() : items(value)) {
            text.append(before);
            if (isObject) {
                text.append(STRICT.writeValueAsString(field.getKey())).append(": ");
            }
            write(field.getValue(), inner, text);
            before = "," + inner;
        }
        text.append(newLine).append(isObject ? '}' : ']');
    }

    private static List<Map.Entry<String, JsonNode>> items(JsonNode array) {
        List<Map.Entry<String, JsonNode>> items = new ArrayList<>();
        array.forEach(item -> items.add(Map.entry("", item)));
        return items;
    }
}
