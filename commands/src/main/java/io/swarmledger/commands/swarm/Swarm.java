package io.swarmledger.commands.swarm;

import io.swarmledger.commands.Decides;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.ObserveSwarm;
import io.swarmledger.commands.Rule;
import io.swarmledger.commands.Violation;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmFailed;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmMilestoneReached;
import io.swarmledger.events.swarm.SwarmPhaseChanged;
import io.swarmledger.events.swarm.SwarmScaled;
import io.swarmledger.events.swarm.SwarmTerminated;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.AggregateRoot;

/** A swarm as a whole: initialized, scaled, moved from phase to phase, and terminated. */
@AggregateRoot(type = Swarm.TYPE)
public final class Swarm extends LedgerAggregate {

    public static final String TYPE = "swarm";

    /** Another shape of the fields, those that all share too, is another revision: older snapshots are then passed over. */
    public static final String SNAPSHOT_REVISION = "2";

    private static final List<Rule<Swarm>> RULES = List.of(
            new SwarmIsInitializedOnce(),
            new OnlyInitializedSwarmCanChange(),
            new TerminatedSwarmIsFinal(),
            new AgentCountStaysWithinMaximum());

    private boolean initialized;
    private boolean terminated;
    private Long maxAgents;
    private long agentCount;
    private String phase;

    private Swarm() {}

    @Decides
    void handle(InitializeSwarm command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ScaleSwarm command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(TerminateSwarm command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ChangePhase command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ReachMilestone command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ReportSwarmError command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ObserveSwarm fact, Envelope envelope) {
        observe(fact, envelope);
    }

    @Override
    protected String type() {
        return TYPE;
    }

    @Override
    protected List<Violation> judge(LedgerEvent proposed) {
        return Rule.judge(RULES, this, proposed);
    }

    @Override
    protected LedgerEvent complete(LedgerEvent proposed, double now) {
        if (proposed instanceof SwarmInitialized e) {
            return new SwarmInitialized(
                    e.topology(), e.maxAgents(), or(e.config(), Map.of()), or(e.initializedAt(), now));
        }
        if (proposed instanceof SwarmScaled e) {
            return new SwarmScaled(
                    or(e.previousAgentCount(), agentCount), e.newAgentCount(), or(e.scaledAt(), now), e.reason());
        }
        if (proposed instanceof SwarmTerminated e) {
            return new SwarmTerminated(e.reason(), or(e.terminatedAt(), now), or(e.metrics(), Map.of()));
        }
        if (proposed instanceof SwarmPhaseChanged e) {
            return new SwarmPhaseChanged(or(e.previousPhase(), phase), e.newPhase(), or(e.changedAt(), now));
        }
        if (proposed instanceof SwarmMilestoneReached e) {
            return new SwarmMilestoneReached(e.milestoneId(), e.name(), or(e.reachedAt(), now));
        }
        if (proposed instanceof SwarmFailed e) {
            return new SwarmFailed(e.error(), e.stack(), or(e.context(), Map.of()), or(e.errorAt(), now));
        }
        return proposed;
    }

    @Override
    protected void evolve(LedgerEvent event, double timestamp) {
        if (event instanceof SwarmInitialized started) {
            initialized = true;
            terminated = false;
            maxAgents = started.maxAgents();
            agentCount = 0;
            phase = null;
        } else if (!initialized) {
            return;
        } else if (event instanceof SwarmScaled scaled) {
            agentCount = or(scaled.newAgentCount(), agentCount);
        } else if (event instanceof SwarmPhaseChanged changed) {
            phase = changed.newPhase();
        } else if (event instanceof SwarmTerminated) {
            terminated = true;
        }
    }

    @Override
    protected String swarmOfItsOwn() {
        return id();
    }

    @Override
    protected long characters() {
        return lengthOf(phase);
    }

    @Override
    protected String describe() {
        if (!initialized) {
            return "not initialized";
        }
        return (terminated ? "terminated" : "running") + ", " + agentCount + " agents of at most "
                + (maxAgents == null ? "any number" : maxAgents);
    }

    boolean isInitialized() {
        return initialized;
    }

    boolean isTerminated() {
        return terminated;
    }

    /** How far it may be scaled; {@code null} without limit. */
    Long maxAgents() {
        return maxAgents;
    }
}
