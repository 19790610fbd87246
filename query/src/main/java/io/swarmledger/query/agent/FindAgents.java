package io.swarmledger.query.agent;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.ProjectionNames;

/**
 * Asks for the agents of which all of this is true: a {@link io.swarmledger.query.Page} of {@link AgentView}.
 * What is {@code null} says nothing.
 *
 * @param health ok, failing, silent or stopped, as of the answer
 * @param parent started by the agent of that id
 * @param after those that were not stopped, or of which was heard later than that, epoch milliseconds
 * @param before those that were spawned earlier than that, epoch milliseconds
 * @param limit at most so many; 100 unless given, at most 100,000
 * @param cursor where the page before ended
 * @param sort by what, with {@code -} before it for the greatest first: role, status, domain, currentTask, taskCount, failedTasks, errorCount,
 *     toolCalls, tokens, spawnedAt or lastActivityAt; by id unless given
 */
@RecordBuilder
public record FindAgents(
        String status,
        String health,
        String domain,
        String role,
        String parent,
        String swarmId,
        Double after,
        Double before,
        Integer limit,
        String cursor,
        String sort)
        implements LedgerQuery, FindAgentsBuilder.With {

    /** All of them. */
    public static FindAgents all() {
        return FindAgentsBuilder.builder().build();
    }

    @Override
    public String answeredFrom() {
        return ProjectionNames.AGENT_STATE;
    }

    boolean matches(AgentView view) {
        AgentState agent = view.agent();
        return (status == null || status.equals(agent.status()))
                && (health == null || health.equals(view.health()))
                && (domain == null || domain.equals(agent.domain()))
                && (role == null || role.equals(agent.role()))
                && (parent == null || parent.equals(agent.parentAgentId()))
                && (swarmId == null || swarmId.equals(agent.swarmId()))
                && (after == null || !agent.isStopped() || agent.lastHeardAt() != null && agent.lastHeardAt() > after)
                && (before == null || agent.spawnedAt() == null || agent.spawnedAt() < before);
    }
}
