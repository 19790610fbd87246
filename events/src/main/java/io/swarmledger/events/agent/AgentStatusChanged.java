package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;

/** The agent was given another status: idle, active, blocked, completed or error. */
@EventType("agent:status-changed")
public record AgentStatusChanged(String agentId, String previousStatus, String newStatus) implements AgentEvent {}
