package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.app.recorder.ReadReport;
import io.swarmledger.app.recorder.ShownContent;
import io.swarmledger.app.recorder.claudecode.SessionIndex.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A session that is told from its transcript: line by line, as it happened. */
final class Recounted {

    private static final String SYNTHETIC = "<synthetic>";
    private static final String NO_RESULT = "no result was written";
    private static final String NO_END = "no end was written";
    private static final int EARLY = 1_000;

    /** What a model that still works answers with, and what versions wrote that did not know yet. */
    private static final Set<String> GOES_ON = Set.of("tool_use", "pause_turn");

    private static final Pattern ERROR_TAGS = Pattern.compile("</?tool_use_error>");

    private final Session session;
    private final ShownContent shown;
    private final SessionIndex index;
    private final ReadReport report;
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, Result> early = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Result> eldest) {
            return size() > EARLY;
        }
    };
    private final Map<String, Turn> turns = new HashMap<>();
    private final Set<String> subagents = new LinkedHashSet<>();

    /** A call that waits for its result; {@code input} only where that says what the call does. */
    private record Call(String agent, String tool, JsonNode input, ObjectNode payload, double time) {}

    private record Result(JsonNode block, JsonNode kept, String prompt, double time) {}

    /** Where an agent is in its turn. */
    private static final class Turn {
        private String prompt;
        private Double askedAt;
        private String messageId;
        private final StringBuilder words = new StringBuilder();
        /** Nobody said whether the words were the last. */
        private boolean isOpen;
    }

    Recounted(Session session, ShownContent shown, SessionIndex index, ReadReport report) {
        this.session = session;
        this.shown = shown;
        this.index = index;
        this.report = report;
    }

    Session session() {
        return session;
    }

    /** Tells what a line says. */
    void tell(JsonNode json, Line line) {
        session.at(line.time());
        String agentId = index.agentOf(line.file(), json.path("agentId").asString(null));
        Turn turn = turns.computeIfAbsent(String.valueOf(agentId), any -> new Turn());
        String prompt = json.path("promptId").asString(turn.prompt);
        Agent agent = see(agentId, prompt, json);
        if (json.path("type").asString("").equals("user")) {
            user(json, line, agent, agentId, turn, prompt);
        } else {
            assistant(json, line, agent, turn);
        }
    }

    private Agent see(String agentId, String prompt, JsonNode json) {
        if (!session.knows(session.mainId())) {
            session.main(prompt, config(json));
        }
        if (agentId == null) {
            return session.main(prompt, null);
        }
        subagents.add(agentId);
        return session.see(agentId, session.knows(agentId) ? Session.About.prompted(prompt) : about(agentId, prompt));
    }

    private Session.About about(String agentId, String prompt) {
        return index.about(agentId, session.mainId(), prompt);
    }

    private ObjectNode config(JsonNode json) {
        ObjectNode config = JsonNodeFactory.instance.objectNode().put("program", Hooks.NO_SESSION);
        Session.putIfGiven(config, "cwd", shown.title(json.path("cwd").asString(null)));
        Session.putIfGiven(config, "version", shown.title(json.path("version").asString(null)));
        return config;
    }

    // ---- what is said to an agent

    private void user(JsonNode json, Line line, Agent agent, String agentId, Turn turn, String prompt) {
        JsonNode content = json.path("message").path("content");
        boolean isResult = false;
        for (JsonNode block : content) {
            if (block.path("type").asString("").equals("tool_result")) {
                isResult = true;
                result(new Result(block, json.path("toolUseResult"), prompt, line.time()));
            }
        }
        if (isResult) {
            turn.askedAt = line.time();
        } else if (json.path("isMeta").asBoolean(false)
                || json.path("isCompactSummary").asBoolean(false)) {
            report.passOver("user, of the program's own");
        } else {
            asked(json, line, agent, agentId, turn, Blocks.text(content));
        }
    }

    private void asked(JsonNode json, Line line, Agent agent, String agentId, Turn turn, String text) {
        if (text.isBlank() || text.startsWith("[Request interrupted") || text.startsWith("<local-command-")) {
            report.passOver("user, of the program's own");
            return;
        }
        sayWhatWasLast(agent, turn);
        turn.askedAt = line.time();
        String key = json.path("promptId").asString(json.path("uuid").asString(null));
        boolean isMore = key == null || key.equals(turn.prompt);
        turn.prompt = key;
        if (agentId != null) {
            session.subagentStarts(agentId, about(agentId, key));
        } else if (!isMore) {
            session.prompts(key, text, line.time());
        }
    }

    // ---- what an agent says and does

    private void assistant(JsonNode json, Line line, Agent agent, Turn turn) {
        JsonNode message = json.path("message");
        if (json.path("isApiErrorMessage").asBoolean(false)) {
            String key = turn.prompt != null ? turn.prompt : json.path("uuid").asString(String.valueOf(line.number()));
            session.fails(agent.id, Session.About.prompted(turn.prompt), key, Blocks.text(message.path("content")));
            return;
        }
        if (message.path("model").asString(SYNTHETIC).equals(SYNTHETIC)) {
            report.passOver("assistant, of the program's own");
            return;
        }
        String messageId = message.path("id").asString(null);
        if (messageId == null || !messageId.equals(turn.messageId)) {
            turn.words.setLength(0);
            turn.messageId = messageId;
        }
        boolean calls = false;
        for (JsonNode block : message.path("content")) {
            calls |= begin(block, line, agent);
        }
        turn.words.append(Blocks.text(message.path("content")));
        if (messageId != null && index.isLastOf(messageId, line)) {
            answered(json, line, agent, turn, calls);
        }
    }

    private boolean begin(JsonNode block, Line line, Agent agent) {
        String callId = block.path("id").asString(null);
        String tool = block.path("name").asString(null);
        if (!block.path("type").asString("").equals("tool_use") || callId == null || tool == null) {
            return false;
        }
        JsonNode input = block.path("input");
        ObjectNode payload = session.call(agent, callId, tool, shown.title(Titles.of(tool, input)));
        shown.put(payload, "input", input);
        calls.put(callId, new Call(agent.id, tool, ToolEffects.has(tool) ? input : null, payload, line.time()));
        Result before = early.remove(callId);
        if (before != null) {
            result(before);
        }
        return true;
    }

    /** The last line of an answer has what all of it cost. */
    private void answered(JsonNode json, Line line, Agent agent, Turn turn, boolean calls) {
        JsonNode message = json.path("message");
        JsonNode usage = message.path("usage");
        String stopReason = message.path("stop_reason").asString(null);
        ObjectNode call = JsonNodeFactory.instance
                .objectNode()
                .put("callId", turn.messageId)
                .put("model", session.plain(message.path("model").asString()));
        putDuration(call, line, turn);
        call.put("inputTokens", count(usage, "input_tokens"));
        call.put("outputTokens", count(usage, "output_tokens"));
        call.put("cacheReadTokens", count(usage, "cache_read_input_tokens"));
        call.put("cacheWriteTokens", count(usage, "cache_creation_input_tokens"));
        if (json.path("costUSD").isNumber() && json.path("costUSD").doubleValue() >= 0) {
            call.put("costUsd", json.path("costUSD").doubleValue());
        }
        Session.putIfGiven(call, "stopReason", session.plain(stopReason));
        session.callsModel(agent, turn.messageId, call);
        turn.isOpen = stopReason == null && !calls;
        if (stopReason != null && !GOES_ON.contains(stopReason)) {
            turn.isOpen = true;
            sayWhatWasLast(agent, turn);
            if (!agent.id.equals(session.mainId())) {
                session.stops(agent.id, Session.About.prompted(turn.prompt), "completed", false);
            }
        }
    }

    private static void putDuration(ObjectNode call, Line line, Turn turn) {
        if (turn.askedAt != null && line.time() >= turn.askedAt) {
            call.put("duration", line.time() - turn.askedAt);
        }
    }

    private static long count(JsonNode usage, String field) {
        JsonNode tokens = usage.path(field);
        return tokens.isIntegralNumber() && tokens.canConvertToLong() ? Math.max(0, tokens.longValue()) : 0;
    }

    private void sayWhatWasLast(Agent agent, Turn turn) {
        if (turn.isOpen && !turn.words.isEmpty()) {
            String key = turn.prompt == null ? turn.messageId : turn.prompt;
            session.says(agent, session.listenerOf(agent), agent.id + "/" + key, turn.words.toString());
        }
        turn.isOpen = false;
    }

    // ---- what comes of calls

    private void result(Result result) {
        String callId = result.block().path("tool_use_id").asString(null);
        if (callId == null) {
            return;
        }
        Call call = calls.remove(callId);
        if (call == null) {
            early.put(callId, result);
            return;
        }
        session.at(Math.max(result.time(), call.time()));
        Agent agent = session.see(call.agent(), Session.About.NOTHING);
        JsonNode content = result.block().path("content");
        boolean failed = result.block().path("is_error").asBoolean(false);
        JsonNode output = failed || result.kept().isMissingNode() ? content : result.kept();
        if (!failed && call.input() != null) {
            JsonNode said = result.kept().isMissingNode() ? Blocks.asText(content) : result.kept();
            seeLaunched(said, result.prompt());
            new ToolEffects(session, agent, callId, result.prompt()).of(call.tool(), call.input(), said);
        }
        shown.put(call.payload(), "output", output);
        String error = failed ? ERROR_TAGS.matcher(Blocks.text(content)).replaceAll("") : null;
        session.tellCall(agent, callId, call.payload(), result.time() - call.time(), error, false);
    }

    private void seeLaunched(JsonNode result, String prompt) {
        String launched = result.path("agentId").asString(null);
        if (Hook.isId(launched)) {
            session.see(launched, about(launched, prompt));
        }
    }

    // ---- the end

    /** What was left open has ended with the last line of whoever had it open. */
    void end() {
        for (String callId : early.keySet()) {
            report.passOver("result of a call that is not there");
        }
        for (Map.Entry<String, Call> left : calls.entrySet()) {
            Call call = left.getValue();
            session.at(index.lastOf(subagentOrNull(call.agent())));
            Agent agent = session.see(call.agent(), Session.About.NOTHING);
            session.tellCall(agent, left.getKey(), call.payload(), null, NO_RESULT, true);
        }
        calls.clear();
        List<String> inOrder = new ArrayList<>(subagents);
        inOrder.sort(Comparator.comparingDouble(index::lastOf));
        for (String subagent : inOrder) {
            session.at(index.lastOf(subagent));
            leave(subagent);
            session.stops(subagent, Session.About.NOTHING, NO_END, true);
        }
        session.at(index.newest());
        leave(null);
        session.ends(NO_END, costs(), true);
    }

    private String subagentOrNull(String agent) {
        return agent.equals(session.mainId()) ? null : agent;
    }

    private void leave(String agentId) {
        Turn turn = turns.get(String.valueOf(agentId));
        if (turn != null) {
            sayWhatWasLast(session.see(agentId, Session.About.NOTHING), turn);
        }
    }

    /** What the program itself counted until its last clean end; a run that was killed is not in there. */
    private ObjectNode costs() {
        ObjectNode metrics = JsonNodeFactory.instance.objectNode();
        putNumber(metrics, "costUsd", "totalCostUSD");
        putNumber(metrics, "apiDuration", "totalAPIDuration");
        putNumber(metrics, "toolDuration", "totalToolDuration");
        putNumber(metrics, "duration", "totalDuration");
        putNumber(metrics, "linesAdded", "totalLinesAdded");
        putNumber(metrics, "linesRemoved", "totalLinesRemoved");
        return metrics;
    }

    private void putNumber(ObjectNode metrics, String name, String field) {
        JsonNode number = index.costs().path(field);
        if (number.isNumber()) {
            metrics.set(name, number);
        }
    }
}
