package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;

/**
 * The agent called a tool. What went in and came out is told by its size and its digest, unless whoever records it tells it
 * whole.
 *
 * @param callId the caller's own id of the call
 * @param title what the call is shown as, such as a command or a path
 * @param taskId the task that the agent worked on then
 * @param calledAt the end of the call
 * @param error why it failed; {@code null} if it did not
 * @param inputSize bytes
 * @param inputDigest such as SHA-256, in hex
 * @param input any JSON
 */
@EventType("agent:tool-called")
public record AgentToolCalled(
        String agentId,
        String callId,
        String tool,
        String title,
        String taskId,
        Double calledAt,
        Double duration,
        String error,
        Long inputSize,
        String inputDigest,
        Long outputSize,
        String outputDigest,
        Object input,
        Object output)
        implements AgentEvent {

    /** The same, of that task. */
    public AgentToolCalled of(String task) {
        return new AgentToolCalled(
                agentId,
                callId,
                tool,
                title,
                task,
                calledAt,
                duration,
                error,
                inputSize,
                inputDigest,
                outputSize,
                outputDigest,
                input,
                output);
    }
}
