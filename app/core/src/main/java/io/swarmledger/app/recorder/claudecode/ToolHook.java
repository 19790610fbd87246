package io.swarmledger.app.recorder.claudecode;

import tools.jackson.databind.JsonNode;

/** The hook of a tool call that has ended: what the call did, and the call. */
final class ToolHook {

    private static final String INTERRUPTED = "interrupted";

    private final Hook hook;
    private final Session session;
    private final Launches launches;

    ToolHook(Hook hook, Session session, Launches launches) {
        this.hook = hook;
        this.session = session;
        this.launches = launches;
    }

    void tell() {
        String tool = hook.required("tool_name");
        hook.required("tool_use_id");
        String callId = hook.key("tool_use_id");
        Agent agent = Hooks.seeCaller(hook, session, launches);
        launches.end(callId);
        JsonNode input = hook.at("tool_input");
        JsonNode response = hook.at("tool_response");
        boolean failed = hook.event().equals("PostToolUseFailure");
        if (!failed) {
            new ToolEffects(session, agent, callId, hook.key("prompt_id")).of(tool, input, response);
        }
        session.calls(agent, callId, tool, input, duration(), failed ? error() : null, response);
    }

    private Double duration() {
        JsonNode duration = hook.at("duration_ms");
        return duration.isNumber() ? Double.valueOf(duration.doubleValue()) : null;
    }

    private String error() {
        String error = hook.text("error");
        return error == null && hook.at("is_interrupt").asBoolean(false) ? INTERRUPTED : error;
    }
}
