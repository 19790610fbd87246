package io.swarmledger.app.recorder.claudecode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The calls of a session by which agents start others, from before they start until they return: a subagent does not say
 * who started it. One whose kind a single agent is starting then belongs to that agent; where nobody is known to start one,
 * to the main agent; where several are, nobody can tell.
 */
final class Launches {

    private static final int REMEMBERED = 200;
    private static final Set<String> TOOLS = Set.of("Agent", "Task");

    private final Map<String, Begun> begun = bounded();

    /** A call that starts an agent; its parent is {@code null} for the main agent. */
    private record Begun(String parent, String type, String title) {

        boolean fits(String other) {
            return type == null || other == null || type.equals(other);
        }
    }

    /**
     * How an agent was started.
     *
     * @param parent by whom; {@code null} for the main agent, or if that is unclear
     * @param title what for; {@code null} if that is not known
     */
    record Launch(String parent, String title, boolean isUnclear) {}

    /** Whether a tool starts agents. */
    static boolean isBy(String tool) {
        return TOOLS.contains(tool);
    }

    void begin(Hook hook) {
        String callId = hook.text("tool_use_id");
        String tool = hook.text("tool_name");
        if (callId != null && tool != null && isBy(tool)) {
            begun.put(callId, new Begun(hook.agentId(), text(hook, "subagent_type"), text(hook, "description")));
        }
    }

    /** A call has returned; it was for that agent. */
    void end(String callId) {
        begun.remove(callId);
    }

    /** Who started an agent of that type that is seen for the first time. */
    Launch of(String type) {
        List<Map.Entry<String, Begun>> fitting = begun.entrySet().stream()
                .filter(call -> call.getValue().fits(type))
                .toList();
        if (fitting.isEmpty()) {
            return new Launch(null, null, false);
        }
        Begun first = fitting.get(0).getValue();
        boolean isClear =
                fitting.stream().allMatch(call -> Objects.equals(call.getValue().parent(), first.parent()));
        if (!isClear) {
            return new Launch(null, null, true);
        }
        begun.remove(fitting.get(0).getKey());
        return new Launch(first.parent(), fitting.size() == 1 ? first.title() : null, false);
    }

    private static String text(Hook hook, String field) {
        var value = hook.at("tool_input").path(field);
        return value.isString() ? value.stringValue() : null;
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
