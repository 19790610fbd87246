package io.swarmledger.query.swarm;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.usage.CallSums;
import io.swarmledger.query.view.Growing;
import java.util.List;

/**
 * A swarm, as its events tell. Times in epoch milliseconds.
 *
 * @param status initialized, active or terminated
 * @param milestones in the order in which they were reached
 * @param lastError the text of the last error, {@code null} if there was none
 * @param calls what agents called in it; {@code null} where its own events alone are told
 */
@RecordBuilder
public record SwarmState(
        String id,
        String topology,
        Long maxAgents,
        long agentCount,
        String phase,
        String status,
        Growing<Milestone> milestones,
        long errorCount,
        String lastError,
        Double initializedAt,
        Double terminatedAt,
        Double lastActivityAt,
        @JsonUnwrapped CallSums calls,
        String swarmId)
        implements SwarmStateBuilder.With {

    /** Every status there is. */
    static final List<String> STATUSES = List.of("initialized", "active", "terminated");

    /** Something worth noting that the swarm reached. */
    public record Milestone(String milestoneId, String name, Double reachedAt) {}
}
