package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.events.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The transcript of one of claude-flow's sessions: who did what. A message is one to the user, a tool call is one, and
 * anything else is kept as {@code claude-flow:<kind>} with its size and digest. An agent comes into being with its first
 * line.
 */
final class SessionTranscript {

    private static final Set<String> MESSAGES = Set.of("message", "text", "response", "assistant", "output", "say");
    private static final Set<String> CALLS =
            Set.of("tool", "tool_use", "tool-use", "tool_call", "tool-call", "toolcall");

    private final Telling telling;
    private final Set<String> seen = new HashSet<>();

    SessionTranscript(Telling telling) {
        this.telling = telling;
    }

    void read(Path file) throws IOException {
        double fileTime = Telling.timeOf(file);
        Path folder = file.toAbsolutePath().getParent();
        String session = folder == null || folder.getFileName() == null
                ? null
                : folder.getFileName().toString();
        LogLines.each(telling, file, (number, key, line) -> {
            String agent = line.text("agent");
            String kind = line.text("kind");
            if (agent == null || kind == null) {
                telling.report().cannotRead(file.toString(), number, "names no agent or no kind");
                return;
            }
            Double at = line.time("ts");
            Story story = telling.story(agent, fileTime);
            spawn(story, agent, line, session, at);
            tell(story, session + "/" + key, agent, kind, line, at == null ? fileTime : at);
        });
    }

    private void spawn(Story story, String agent, Entry line, String session, Double at) {
        if (!seen.add(agent) || !telling.known().last(agent, 1, "agent:spawned").isEmpty()) {
            return;
        }
        ObjectNode spawned = Story.object().put("agentId", agent).put("role", line.text("role"));
        spawned.putArray("capabilities");
        AgentStore.putIfGiven(spawned, "sessionId", session);
        story.infer(agent, "agent:spawned", agent, Story.SWARM, at, null, spawned);
    }

    private void tell(Story story, String key, String agent, String kind, Entry line, double at) {
        JsonNode data = line.json().path("data");
        ObjectNode payload = Story.object().put("agentId", agent);
        String lower = kind.toLowerCase(Locale.ROOT);
        if (MESSAGES.contains(lower)) {
            String to = new Entry(data).text("to");
            payload.put("to", to == null ? "user" : to);
            telling.shown().putMessage(payload, textOf(data));
            story.tell(key, "agent:message-sent", agent, agent, at, "sentAt", payload);
        } else if (CALLS.contains(lower) && new Entry(data).text("tool", "name") != null) {
            Entry call = new Entry(data);
            String id = call.text("id", "callId");
            payload.put("callId", id == null ? key : id).put("tool", call.text("tool", "name"));
            telling.shown().put(payload, "input", first(data, "input", "args", "arguments"));
            telling.shown().put(payload, "output", first(data, "output", "result"));
            if (call.text("error") != null) {
                payload.put("error", telling.shown().error(call.text("error")));
            }
            story.tell(key, "agent:tool-called", agent, agent, at, "calledAt", payload);
        } else {
            telling.shown().put(payload, "data", data);
            story.keep(key, "claude-flow:" + lower, "agent", agent, agent, at, payload);
        }
    }

    private static String textOf(JsonNode data) {
        if (data.isString()) {
            return data.stringValue();
        }
        String text = new Entry(data).text("text", "content", "message");
        return text == null ? Json.mapper().writeValueAsString(data) : text;
    }

    private static JsonNode first(JsonNode data, String... names) {
        for (String name : names) {
            if (data.has(name)) {
                return data.path(name);
            }
        }
        return null;
    }
}
