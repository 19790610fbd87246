package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;

/**
 * The agent said something to another, or to a person.
 *
 * @param to the other agent's id, or {@code user}
 * @param size bytes
 * @param digest such as SHA-256, in hex
 * @param text what it said, if whoever records it tells that
 */
@EventType("agent:message-sent")
public record AgentMessageSent(String agentId, String to, Double sentAt, Long size, String digest, String text)
        implements AgentEvent {}
