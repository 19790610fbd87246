package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.app.recorder.Fact;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool call that succeeded did to the session: to its tasks, its agents, its memories. Whoever tells of the call
 * again does not tell that it did so twice.
 */
final class ToolEffects {

    private static final Pattern CREATED = Pattern.compile("Task #([A-Za-z0-9._-]{1,20}) created");
    private static final Pattern MEMORY = Pattern.compile("mcp__.{1,80}__memory_(store|retrieve|delete)");
    private static final Pattern NOTHING_THERE =
            Pattern.compile("\\\\?\"(?:found|deleted|success)\\\\?\"\\s{0,4}:\\s{0,4}false");
    private static final Set<String> TOOLS = Set.of("TaskCreate", "TaskUpdate", "SendMessage");
    private static final String LAUNCHED = "async_launched";
    private static final String DEFAULT_NAMESPACE = "default";

    private final Session session;
    private final Agent agent;
    private final String callId;
    private final String prompt;

    /**
     * Those of one call.
     *
     * @param prompt the id of the prompt in whose turn it was, or {@code null}
     */
    ToolEffects(Session session, Agent agent, String callId, String prompt) {
        this.session = session;
        this.agent = agent;
        this.callId = callId;
        this.prompt = prompt;
    }

    /** Whether a tool's calls may have any. */
    static boolean has(String tool) {
        return TOOLS.contains(tool)
                || Launches.isBy(tool)
                || MEMORY.matcher(tool).matches();
    }

    /**
     * Tells them.
     *
     * @param result what the program keeps of the outcome, or the text that the model reads
     */
    void of(String tool, JsonNode input, JsonNode result) {
        Matcher memory = MEMORY.matcher(tool);
        if (memory.matches()) {
            memory(memory.group(1), input, result);
        } else if (tool.equals("TaskCreate")) {
            taskCreated(input, result);
        } else if (tool.equals("TaskUpdate")) {
            taskUpdated(input, result);
        } else if (Launches.isBy(tool)) {
            launched(input, result);
        } else if (tool.equals("SendMessage")) {
            sent(input);
        }
    }

    private void taskCreated(JsonNode input, JsonNode result) {
        JsonNode task = result.path("task");
        String number = text(task, "id");
        if (number == null) {
            Matcher created = CREATED.matcher(plain(result));
            number = created.find() ? created.group(1) : null;
        }
        String taskId = number == null ? null : session.taskId(number);
        if (Hook.isId(taskId)) {
            session.taskCreated(
                    taskId,
                    either(text(task, "subject"), text(input, "subject")),
                    either(text(task, "description"), text(input, "description")));
        }
    }

    private void taskUpdated(JsonNode input, JsonNode result) {
        String number = either(text(result, "taskId"), text(input, "taskId"));
        boolean isTold = result.isObject();
        String status = isTold ? text(result.path("statusChange"), "to") : text(input, "status");
        String taskId = number == null ? null : session.taskId(number);
        if (status == null || !Hook.isId(taskId)) {
            return;
        }
        if (session.hasCall(callId)) {
            session.retrace(taskId, status, agent);
            return;
        }
        switch (status) {
            case "in_progress" -> session.taskStarts(taskId, agent);
            case "completed" -> session.taskCompletes(taskId, agent);
            case "deleted" -> session.taskCancelled(taskId, agent);
            default -> {
                // Back to pending: nothing says so but the call.
            }
        }
    }

    private void launched(JsonNode input, JsonNode result) {
        String child = text(result, "agentId");
        if (!Hook.isId(child)) {
            return;
        }
        String type = either(text(result, "agentType"), text(input, "subagent_type"));
        Session.About about =
                new Session.About(type, agent.id, text(input, "description"), text(result, "resolvedModel"), prompt);
        session.see(child, about);
        String asked = text(input, "prompt");
        if (asked != null) {
            session.says(agent, child, callId, asked);
        }
        if (!LAUNCHED.equals(text(result, "status"))
                && !input.path("run_in_background").asBoolean(false)) {
            session.stops(child, about, "completed", false);
        }
    }

    private void sent(JsonNode input) {
        String to = either(text(input, "to"), text(input, "recipient"));
        String text = either(text(input, "message"), text(input, "content"));
        if (Hook.isId(to) && text != null) {
            session.says(agent, to, callId, text);
        }
    }

    private void memory(String what, JsonNode input, JsonNode result) {
        String key = text(input, "key");
        if (key == null || NOTHING_THERE.matcher(plain(result)).find()) {
            return;
        }
        String namespace = either(text(input, "namespace"), DEFAULT_NAMESPACE);
        String name = namespace + ":" + key;
        String memoryId = Hook.isId(name) ? name : Fact.id(DEFAULT_NAMESPACE, "memory", name);
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("memoryId", memoryId)
                .put("namespace", session.plain(namespace))
                .put("key", session.plain(key));
        switch (what) {
            case "store" -> {
                String type = text(input, "type");
                payload.put("memoryType", type == null ? DEFAULT_NAMESPACE : session.plain(type));
                payload.put("size", plain(input.path("value")).getBytes(StandardCharsets.UTF_8).length);
                session.remembers(agent, callId, "memory:stored", memoryId, payload, "storedAt");
            }
            case "retrieve" -> session.remembers(agent, callId, "memory:retrieved", memoryId, payload, "retrievedAt");
            default -> session.remembers(agent, callId, "memory:deleted", memoryId, payload, "deletedAt");
        }
    }

    private static String plain(JsonNode value) {
        return value.isMissingNode() ? "" : value.isString() ? value.stringValue() : value.toString();
    }

    private static String either(String one, String other) {
        return one != null ? one : other;
    }

    /** A text or a number, which a number may be told as; {@code null} if it is neither, or empty. */
    private static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return (value.isString() || value.isNumber()) && !value.asString().isEmpty() ? value.asString() : null;
    }
}
