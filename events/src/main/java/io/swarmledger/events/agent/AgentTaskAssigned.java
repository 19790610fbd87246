package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;

/** A task was given to the agent. */
@EventType("agent:task-assigned")
public record AgentTaskAssigned(String agentId, String taskId, Double assignedAt) implements AgentEvent {}
