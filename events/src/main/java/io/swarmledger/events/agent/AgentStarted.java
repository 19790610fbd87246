package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;

/** The agent began to work. */
@EventType("agent:started")
public record AgentStarted(String agentId, Double startedAt) implements AgentEvent {}
