package io.swarmledger.query.agent;

import io.swarmledger.query.Recorded;
import io.swarmledger.query.view.Where;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Tells how an agent is. The one thing about it that depends on when one asks, and so no part of its state. */
public final class AgentHealth {

    /** Every answer there is. */
    public static final List<String> ALL = List.of("ok", "failing", "silent", "stopped");

    /** The same in SQL, of a row of the view; it names {@code :silentBefore}. */
    public static final String SQL = "CASE WHEN agent_state.stoppedAt IS NOT NULL THEN 'stopped'"
            + " WHEN agent_state.status = 'error' OR agent_state.failuresInARow >= " + AgentState.FAILING_AFTER
            + " THEN 'failing'"
            + " WHEN agent_state.status = 'active' AND coalesce(agent_state.lastHeardAt, " + Recorded.NEVER
            + ") < :silentBefore THEN 'silent' ELSE 'ok' END";

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
        return of(agent, silentBefore());
    }

    /** Who is active and was last heard of before that time, epoch milliseconds, is silent now. */
    public double silentBefore() {
        return clock.millis() - silentAfter.toMillis();
    }

    private static String of(AgentState agent, double silentBefore) {
        if (agent.isStopped()) {
            return "stopped";
        }
        if (agent.isFailing()) {
            return "failing";
        }
        double heardAt = agent.lastHeardAt() == null ? Recorded.NEVER : agent.lastHeardAt();
        return agent.status().equals("active") && heardAt < silentBefore ? "silent" : "ok";
    }

    /** Adds the condition that agents are like that now; {@code null} says nothing. */
    Where given(Where where, String health) {
        return health == null
                ? where
                : where.given(SQL + " = :health", "health", health).bound("silentBefore", silentBefore());
    }

    /** The agent as it was at that time, epoch milliseconds; {@code null} for a time that nobody knows. */
    public AgentView view(AgentState agent, Double then) {
        return new AgentView(agent, of(agent, then == null ? Recorded.NEVER : then - silentAfter.toMillis()));
    }

    AgentView view(AgentState agent) {
        return new AgentView(agent, of(agent));
    }
}
