package io.swarmledger.query.swarm;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A swarm as queries answer it.
 *
 * @param seenAgents how many agents were spawned in it and are not stopped, as of the answer; {@code agentCount} is what
 *     was last said of it
 */
public record SwarmView(@JsonUnwrapped SwarmState swarm, long seenAgents) {}
