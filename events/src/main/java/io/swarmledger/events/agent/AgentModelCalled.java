package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;

/**
 * The agent called a model. No token counts twice: those that came from the cache, or went to it, are none of the input's.
 *
 * @param callId the caller's own id of the call
 * @param taskId the task that the agent worked on then
 * @param calledAt the end of the call
 * @param costUsd US dollars
 * @param stopReason why the model stopped, such as {@code end_turn}
 * @param error why it failed; {@code null} if it did not
 */
@EventType("agent:model-called")
public record AgentModelCalled(
        String agentId,
        String callId,
        String model,
        String taskId,
        Double calledAt,
        Double duration,
        Long inputTokens,
        Long outputTokens,
        Long cacheReadTokens,
        Long cacheWriteTokens,
        Double costUsd,
        String stopReason,
        String error)
        implements AgentEvent {

    /** The same, of that task. */
    public AgentModelCalled of(String task) {
        return new AgentModelCalled(
                agentId,
                callId,
                model,
                task,
                calledAt,
                duration,
                inputTokens,
                outputTokens,
                cacheReadTokens,
                cacheWriteTokens,
                costUsd,
                stopReason,
                error);
    }
}
