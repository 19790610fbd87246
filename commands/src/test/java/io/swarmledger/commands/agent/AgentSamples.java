package io.swarmledger.commands.agent;

import static io.swarmledger.testing.Samples.BEFORE;

import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.events.agent.AgentStatusChanged;
import io.swarmledger.events.agent.AgentStopped;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import java.util.List;

/** What may have happened to one agent. */
final class AgentSamples {

    static final String AGENT = "agent-1";

    private AgentSamples() {}

    static AgentSpawned spawned() {
        return new AgentSpawned(AGENT, "coder", "core", List.of("java"));
    }

    static AgentStarted started() {
        return new AgentStarted(AGENT, BEFORE);
    }

    static AgentStopped stopped() {
        return new AgentStopped(AGENT, "work done", BEFORE);
    }

    static AgentFailed failed() {
        return new AgentFailed(AGENT, "out of memory", null, BEFORE);
    }

    static AgentStatusChanged changedTo(String status) {
        return new AgentStatusChanged(AGENT, null, status);
    }

    static AgentTaskAssigned assigned(String task) {
        return new AgentTaskAssigned(AGENT, task, BEFORE);
    }

    static AgentTaskCompleted completed(String task) {
        return new AgentTaskCompleted(AGENT, task, "ok", BEFORE, 0d);
    }
}
