package io.swarmledger.query.swarm;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmEvent;
import io.swarmledger.events.swarm.SwarmFailed;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmMilestoneReached;
import io.swarmledger.events.swarm.SwarmPhaseChanged;
import io.swarmledger.events.swarm.SwarmScaled;
import io.swarmledger.events.swarm.SwarmTerminated;
import io.swarmledger.query.Fold;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.usage.CallSums;
import io.swarmledger.query.view.Growing;

/** From a swarm and what happened to it, or was called in it, to the swarm afterwards. */
public final class SwarmFold implements Fold<SwarmState> {

    @Override
    public SwarmState evolve(SwarmState swarm, LedgerEvent event, Recorded recorded) {
        if (event instanceof SwarmInitialized initialized) {
            return initialized(initialized, recorded);
        }
        if (swarm == null) {
            return null;
        }
        if (!(event instanceof SwarmEvent)) {
            CallSums calls = swarm.calls().and(event);
            return calls == swarm.calls() ? swarm : swarm.withCalls(calls);
        }
        SwarmStateBuilder next = SwarmStateBuilder.builder(swarm).lastActivityAt(recorded.timestamp());
        if (event instanceof SwarmScaled scaled) {
            activate(next, swarm);
            next.agentCount(scaled.newAgentCount() != null ? scaled.newAgentCount() : swarm.agentCount());
        } else if (event instanceof SwarmPhaseChanged changed) {
            activate(next, swarm);
            next.phase(changed.newPhase());
        } else if (event instanceof SwarmMilestoneReached reached) {
            next.milestones(swarm.milestones()
                    .with(new SwarmState.Milestone(
                            reached.milestoneId(), reached.name(), recorded.timeOr(reached.reachedAt()))));
        } else if (event instanceof SwarmFailed failed) {
            next.errorCount(swarm.errorCount() + 1).lastError(failed.error());
        } else if (event instanceof SwarmTerminated terminated) {
            next.status("terminated").terminatedAt(recorded.timeOr(terminated.terminatedAt()));
        }
        return next.build();
    }

    private static SwarmState initialized(SwarmInitialized initialized, Recorded recorded) {
        return SwarmStateBuilder.builder()
                .id(recorded.aggregateId())
                .topology(initialized.topology())
                .maxAgents(initialized.maxAgents())
                .status("initialized")
                .milestones(Growing.empty())
                .initializedAt(recorded.timeOr(initialized.initializedAt()))
                .lastActivityAt(recorded.timestamp())
                .calls(CallSums.NONE)
                .swarmId(recorded.swarmId())
                .build();
    }

    private static void activate(SwarmStateBuilder next, SwarmState swarm) {
        if (swarm.status().equals("initialized")) {
            next.status("active");
        }
    }
}
