package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentModelCalled;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * The agent called a model; as {@link AgentModelCalled} says.
 *
 * @param taskId left out, what was assigned to it last of what it has not finished
 * @param calledAt left out, when the command arrives
 */
public record CallModel(
        @TargetAggregateIdentifier String agentId,
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
        implements AgentCommand {

    public CallModel {
        Require.id("agentId", agentId);
        Require.name("callId", Require.text("callId", callId));
        Require.name("model", Require.text("model", model));
        Require.idIfGiven("taskId", taskId);
        Require.time("calledAt", calledAt);
        Require.duration("duration", duration);
        Require.count("inputTokens", Require.given("inputTokens", inputTokens));
        Require.count("outputTokens", Require.given("outputTokens", outputTokens));
        Require.count("cacheReadTokens", cacheReadTokens);
        Require.count("cacheWriteTokens", cacheWriteTokens);
        Require.cost("costUsd", costUsd);
        Require.name("stopReason", stopReason);
    }

    /** It has just ended well. */
    public CallModel(String agentId, String callId, String model, long inputTokens, long outputTokens) {
        this(agentId, callId, model, null, null, null, inputTokens, outputTokens, null, null, null, null, null);
    }

    @Override
    public String aggregateId() {
        return agentId;
    }

    @Override
    public LedgerEvent event() {
        return new AgentModelCalled(
                agentId,
                callId,
                model,
                taskId,
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
