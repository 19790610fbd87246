package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Known;
import io.swarmledger.app.recorder.Secrets;
import io.swarmledger.app.recorder.ShownContent;
import io.swarmledger.app.recorder.claudecode.Hook.NotUnderstood;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Hooks of Claude Code as facts: one hook in, what it tells out. A hook has neither a time nor an id, so it happened when it
 * came, and what happened is known by what it names. Those of one session must come one after the other, and what one of
 * them told must be in the log before the next comes.
 */
public final class Hooks {

    /** Where hooks are kept that name no session. */
    public static final String NO_SESSION = "claude-code";

    private static final int SESSIONS = 256;

    /** What a session knows by heart, before it asks the log anew. */
    private static final int LARGEST_SESSION = 10_000;

    private static final int MOST_NAMES = 50;

    /** Those that exist and tell nothing that is kept. */
    private static final Set<String> NOT_MAPPED = Set.of(
            "PostToolBatch",
            "PermissionRequest",
            "PermissionDenied",
            "Notification",
            "TeammateIdle",
            "PreCompact",
            "PostCompact",
            "InstructionsLoaded",
            "ConfigChange",
            "CwdChanged",
            "FileChanged",
            "WorktreeCreate",
            "WorktreeRemove",
            "Elicitation",
            "ElicitationResult",
            "UserPromptExpansion",
            "Setup");

    private final ShownContent shown;
    private final Known known;
    private final InstantSource clock;
    private final Map<String, Open> sessions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Open> eldest) {
            return size() > SESSIONS;
        }
    };

    public Hooks(ShownContent shown, Known known, InstantSource clock) {
        this.shown = shown;
        this.known = known;
        this.clock = clock;
    }

    /** What became of a hook. */
    public enum Outcome {
        /** It told something that is kept; perhaps what was known already. */
        MAPPED,
        /** It is known and tells nothing that is kept. */
        NOT_MAPPED,
        /** It is kept as it is. */
        NOT_UNDERSTOOD
    }

    /**
     * A hook that was heard.
     *
     * @param facts in the order in which they are to be recorded
     * @param reason why it was not understood; {@code null} otherwise
     */
    public record Heard(Outcome outcome, List<Fact> facts, String reason) {}

    private record Open(Session session, Launches launches) {}

    /** What a hook tells. */
    public Heard hear(Hook hook) {
        if (hook.sessionId() == null) {
            return kept(hook, new Session(NO_SESSION, shown, known), hook.defect());
        }
        Open open = open(hook.sessionId());
        if (open.session().isOvertaken()) {
            forget(hook.sessionId());
            open = open(hook.sessionId());
        }
        if (hook.defect() != null) {
            return kept(hook, open.session(), hook.defect());
        }
        try {
            boolean isMapped = tell(hook, open.session(), open.launches());
            return new Heard(
                    isMapped ? Outcome.MAPPED : Outcome.NOT_MAPPED,
                    open.session().drain(),
                    null);
        } catch (NotUnderstood reason) {
            forget(hook.sessionId());
            return kept(hook, open(hook.sessionId()).session(), reason.getMessage());
        }
    }

    /** Forgets what is known of a session by heart: what it told did not get into the log. */
    public void forget(String sessionId) {
        synchronized (sessions) {
            sessions.remove(sessionId);
        }
    }

    private Open open(String sessionId) {
        synchronized (sessions) {
            Open open = sessions.get(sessionId);
            if (open == null || open.session().size() > LARGEST_SESSION) {
                open = new Open(new Session(sessionId, shown, known), new Launches());
                sessions.put(sessionId, open);
            }
            return open;
        }
    }

    /** Whether the hook is one that is kept. */
    private boolean tell(Hook hook, Session session, Launches launches) {
        switch (hook.event()) {
            case "SessionStart" -> sessionStarts(hook, session);
            case "SessionEnd" -> session.ends(reason(hook), null, false);
            case "UserPromptSubmit" -> session.prompts(hook.key("prompt_id"), hook.required("prompt"), clock.millis());
            case "PreToolUse" -> {
                seeCaller(hook, session, launches);
                launches.begin(hook);
                return false;
            }
            case "PostToolUse", "PostToolUseFailure" -> {
                session.goesOn(hook.key("tool_use_id"), hook.key("prompt_id"), clock.millis());
                new ToolHook(hook, session, launches).tell();
            }
            case "SubagentStart" -> session.subagentStarts(required(hook, "agent_id"), about(hook, session, launches));
            case "SubagentStop" -> subagentStops(hook, session, launches);
            case "TaskCreated" -> session.taskCreated(
                    taskId(hook, session), hook.text("task_subject"), hook.text("task_description"));
            case "TaskCompleted" -> session.taskCompletes(taskId(hook, session), seeCaller(hook, session, launches));
            case "Stop" -> {
                return says(hook, session, session.main(hook.key("prompt_id"), null));
            }
            case "StopFailure" -> fails(hook, session, launches);
            default -> {
                if (!NOT_MAPPED.contains(hook.event())) {
                    throw new NotUnderstood("is no hook that is known");
                }
                return false;
            }
        }
        return true;
    }

    private void sessionStarts(Hook hook, Session session) {
        ObjectNode config = JsonNodeFactory.instance.objectNode().put("program", NO_SESSION);
        Session.putIfGiven(config, "cwd", shown.title(hook.text("cwd")));
        session.main(hook.key("prompt_id"), config);
        if ("resume".equals(hook.text("source"))) {
            session.resumes(null);
        }
    }

    private void subagentStops(Hook hook, Session session, Launches launches) {
        String agentId = required(hook, "agent_id");
        Session.About about = about(hook, session, launches);
        Agent agent = session.see(agentId, about);
        says(hook, session, agent);
        session.stops(agentId, about, "completed", false);
    }

    private static boolean says(Hook hook, Session session, Agent agent) {
        String words = hook.text("last_assistant_message");
        if (words == null) {
            return false;
        }
        String prompt = hook.key("prompt_id");
        session.says(agent, session.listenerOf(agent), prompt == null ? null : agent.id + "/" + prompt, words);
        return true;
    }

    private void fails(Hook hook, Session session, Launches launches) {
        Agent agent = seeCaller(hook, session, launches);
        String prompt = hook.key("prompt_id");
        String error = firstText(hook, "error", "error_message", "error_details", "message", "reason");
        String key = prompt == null ? ShownContent.digest(hook.body()) : prompt;
        session.fails(agent.id, about(hook, session, launches), key, error);
    }

    static Agent seeCaller(Hook hook, Session session, Launches launches) {
        return session.see(hook.agentId(), about(hook, session, launches));
    }

    private static Session.About about(Hook hook, Session session, Launches launches) {
        String prompt = hook.key("prompt_id");
        String agentId = hook.agentId();
        if (agentId == null || session.knows(agentId)) {
            return Session.About.prompted(prompt);
        }
        String role = hook.text("agent_type");
        Launches.Launch launch = launches.of(role);
        String parent = launch.parent() == null && !launch.isUnclear() ? session.mainId() : launch.parent();
        return new Session.About(role, parent, launch.title(), null, prompt);
    }

    private static String reason(Hook hook) {
        String reason = hook.text("reason");
        return reason == null ? "other" : reason;
    }

    private static String taskId(Hook hook, Session session) {
        return taskId(hook.at("task_id"), session);
    }

    /**
     * The id of a task that has a number in a session.
     *
     * @throws NotUnderstood if it has none, or no id can have it
     */
    static String taskId(JsonNode number, Session session) {
        String task = number.isString() || number.isNumber() ? session.taskId(number.asString()) : null;
        if (!Hook.isId(task)) {
            throw new NotUnderstood("names no task");
        }
        return task;
    }

    private static String required(Hook hook, String field) {
        hook.required(field);
        return hook.agentId();
    }

    private static String firstText(Hook hook, String... fields) {
        for (String field : fields) {
            if (hook.text(field) != null) {
                return hook.text(field);
            }
        }
        return null;
    }

    /** What is not understood is kept by what it says: the same again is the same. */
    private Heard kept(Hook hook, Session session, String reason) {
        if (hook.sessionId() != null) {
            session.main(null, null);
        }
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("event", ShownContent.shortened(hook.event(), ShownContent.LONGEST_TITLE));
        payload.put("reason", reason);
        payload.set("fields", names(hook));
        shown.put(payload, "hook", hook.json() != null ? hook.json() : new StringNode(hook.bodyText()));
        String event = Secrets.redact(hook.event()).replaceAll("[^A-Za-z0-9._-]", "_");
        session.keeps("hook", ShownContent.digest(hook.body()), NO_SESSION + ":" + event, payload);
        return new Heard(Outcome.NOT_UNDERSTOOD, session.drain(), reason);
    }

    private static ArrayNode names(Hook hook) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        if (hook.json() != null) {
            hook.json().propertyNames().stream()
                    .limit(MOST_NAMES)
                    .forEach(name -> names.add(ShownContent.shortened(name, ShownContent.LONGEST_TITLE)));
        }
        return names;
    }
}
