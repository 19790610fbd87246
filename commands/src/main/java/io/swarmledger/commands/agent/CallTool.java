package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentToolCalled;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * The agent called a tool; as {@link AgentToolCalled} says.
 *
 * @param taskId left out, what was assigned to it last of what it has not finished
 * @param calledAt left out, when the command arrives
 */
public record CallTool(
        @TargetAggregateIdentifier String agentId,
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
        implements AgentCommand {

    public CallTool {
        Require.id("agentId", agentId);
        Require.name("callId", Require.text("callId", callId));
        Require.name("tool", Require.text("tool", tool));
        Require.name("title", title);
        Require.idIfGiven("taskId", taskId);
        Require.time("calledAt", calledAt);
        Require.duration("duration", duration);
        Require.count("inputSize", inputSize);
        Require.name("inputDigest", inputDigest);
        Require.count("outputSize", outputSize);
        Require.name("outputDigest", outputDigest);
    }

    /** It has just ended well. */
    public CallTool(String agentId, String callId, String tool, String title, Double duration) {
        this(agentId, callId, tool, title, null, null, duration, null, null, null, null, null, null, null);
    }

    @Override
    public String aggregateId() {
        return agentId;
    }

    @Override
    public LedgerEvent event() {
        return new AgentToolCalled(
                agentId,
                callId,
                tool,
                title,
                taskId,
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
