package io.swarmledger.query.agent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * An agent as queries answer it.
 *
 * @param health {@code stopped}, {@code failing} (status error, or its last three tasks failed), {@code silent} (active,
 *     and nothing was heard of it for a while) or {@code ok}, as of the answer
 */
public record AgentView(@JsonUnwrapped AgentState agent, String health) {}
