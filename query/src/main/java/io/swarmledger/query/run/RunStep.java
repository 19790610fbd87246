package io.swarmledger.query.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;

/**
 * Something that happened in a run, as much of it as is compared and drawn.
 *
 * @param time epoch milliseconds, as times are compared; of a call when it ended
 * @param task that it is about or was done for; {@code null} if none is known
 * @param agent who did it, likewise
 * @param to the agent that it is said to
 * @param label what it is told apart by: the tool, the model, a title, a phase
 * @param digest of what went into a call, or of what came of a task; {@code null} if nobody told
 * @param error the group of its error; {@code null} if it is no failure
 * @param said in a line
 * @param millis how long a call took; not a number where that is not told
 * @param costUsd not a number where that is not told
 */
record RunStep(
        long position,
        double time,
        String type,
        String task,
        String agent,
        String to,
        String label,
        ResultDigest digest,
        String error,
        String said,
        double millis,
        long tokens,
        double costUsd) {

    static final String TOOL_CALLED = "agent:tool-called";
    static final String MODEL_CALLED = "agent:model-called";
    static final String SAID = "agent:message-sent";

    boolean isFailure() {
        return error != null;
    }

    boolean isCall() {
        return type.equals(TOOL_CALLED) || type.equals(MODEL_CALLED);
    }

    double began() {
        return Double.isNaN(millis) ? time : time - millis;
    }

    /** What it differs in from a step of another run; nothing if both say the same. */
    List<String> differs(RunStep other, BiPredicate<String, String> sameAgent) {
        if (!type.equals(other.type)) {
            return List.of("type");
        }
        List<String> differs = new ArrayList<>();
        if (!sameAgent.test(agent, other.agent)) {
            differs.add("agent");
        }
        if (!sameAgent.test(to, other.to)) {
            differs.add("to");
        }
        if (!Objects.equals(label, other.label)) {
            differs.add(labelled());
        }
        if (!Objects.equals(error, other.error)) {
            differs.add("error");
        }
        // Of what is told of one of them only, nobody knows whether it differs.
        if (digest != null && other.digest != null && !ResultDigest.same(digest, other.digest)) {
            differs.add(isCall() ? "input" : "result");
        }
        return differs;
    }

    private String labelled() {
        return switch (type) {
            case TOOL_CALLED -> "tool";
            case MODEL_CALLED -> "model";
            case "task:created" -> "title";
            case "agent:spawned" -> "role";
            case "swarm:phase-changed" -> "phase";
            case "swarm:milestone-reached" -> "milestone";
            default -> "what";
        };
    }

    long bytes() {
        return 160L + 2L * (said == null ? 0 : said.length());
    }
}
