package io.swarmledger.events.agent;

import io.swarmledger.events.LedgerEvent;

/** What happens to an agent, from its spawning to its end. */
public sealed interface AgentEvent extends LedgerEvent
        permits AgentSpawned,
                AgentStarted,
                AgentStopped,
                AgentFailed,
                AgentStatusChanged,
                AgentTaskAssigned,
                AgentTaskCompleted,
                AgentToolCalled,
                AgentModelCalled,
                AgentMessageSent {

    /** The agent that it happened to. */
    String agentId();
}
