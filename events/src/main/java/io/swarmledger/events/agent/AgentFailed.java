package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;

/** The agent met an error. */
@EventType("agent:failed")
public record AgentFailed(String agentId, String error, String stack, Double failedAt) implements AgentEvent {}
