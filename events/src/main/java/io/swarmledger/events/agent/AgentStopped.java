package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;

/** The agent ended. */
@EventType("agent:stopped")
public record AgentStopped(String agentId, String reason, Double stoppedAt) implements AgentEvent {}
