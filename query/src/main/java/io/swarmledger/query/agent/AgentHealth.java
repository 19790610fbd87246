package io.swarmledger.query.agent;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Tells how an agent is. The one thing about it that depends on when one asks, and so no part of its state. */
public final class AgentHealth {

    /** Every answer there is. */
    public static final List<String> ALL = List.of("ok", "failing", "silent", "stopped");

    private static final int FAILING_AFTER = 3;

    private final Clock clock;
    private final Duration silentAfter;

    /**
     * Health as of whenever it is asked.
     *
     * @param silentAfter an active agent of which nothing was heard for so long is silent
     */
    public AgentHealth(Clock clock, Duration silentAfter) {
        this.clock = clock;
        this.silentAfter = silentAfter;
    }

    String of(AgentState agent) {
        return of(agent, clock.millis());
    }

    private String of(AgentState agent, double now) {
        if (agent.isStopped()) {
            return "stopped";
        }
        if (agent.status().equals("error") || agent.failuresInARow() >= FAILING_AFTER) {
            return "failing";
        }
        boolean silent = agent.status().equals("active") && now - agent.lastActivityAt() > silentAfter.toMillis();
        return silent ? "silent" : "ok";
    }

    /** The agent as it was at that time, epoch milliseconds. */
    public AgentView view(AgentState agent, double then) {
        return new AgentView(agent, of(agent, then));
    }

    AgentView view(AgentState agent) {
        return new AgentView(agent, of(agent));
    }
}
