package io.swarmledger.commands.agent;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentMessageSent;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * The agent said something; as {@link AgentMessageSent} says.
 *
 * @param sentAt left out, when the command arrives
 */
public record SendMessage(
        @TargetAggregateIdentifier String agentId, String to, Double sentAt, Long size, String digest, String text)
        implements AgentCommand {

    public SendMessage {
        Require.id("agentId", agentId);
        Require.id("to", to);
        Require.time("sentAt", sentAt);
        Require.count("size", size);
        Require.name("digest", digest);
    }

    @Override
    public String aggregateId() {
        return agentId;
    }

    @Override
    public LedgerEvent event() {
        return new AgentMessageSent(agentId, to, sentAt, size, digest, text);
    }
}
