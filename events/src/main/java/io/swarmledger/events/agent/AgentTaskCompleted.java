package io.swarmledger.events.agent;

import io.swarmledger.events.EventType;

/** The agent finished a task. {@code result} is any JSON. */
@EventType("agent:task-completed")
public record AgentTaskCompleted(String agentId, String taskId, Object result, Double completedAt, Double duration)
        implements AgentEvent {}
