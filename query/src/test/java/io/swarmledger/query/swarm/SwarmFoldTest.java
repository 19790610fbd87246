package io.swarmledger.query.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.swarm.SwarmFailed;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmMilestoneReached;
import io.swarmledger.events.swarm.SwarmPhaseChanged;
import io.swarmledger.events.swarm.SwarmScaled;
import io.swarmledger.events.swarm.SwarmTerminated;
import io.swarmledger.events.task.TaskQueued;
import io.swarmledger.query.Told;
import io.swarmledger.query.swarm.SwarmState.Milestone;
import io.swarmledger.query.usage.CallSums;
import io.swarmledger.query.view.Growing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwarmFoldTest {

    private static final SwarmInitialized INITIALIZED = new SwarmInitialized("mesh", 15L, Map.of("k", 1), 5.0);
    private static final SwarmScaled SCALED = new SwarmScaled(0L, 5L, 10.0, "more to do");
    private static final SwarmPhaseChanged BUILDING = new SwarmPhaseChanged("plan", "build", 20.0);
    private static final SwarmMilestoneReached REACHED = new SwarmMilestoneReached("ms-1", "Alpha", 30.0);
    private static final SwarmFailed FAILED = new SwarmFailed("boom", "at x", Map.of(), 40.0);
    private static final SwarmTerminated TERMINATED = new SwarmTerminated("done", 50.0, Map.of());

    private static SwarmState told(LedgerEvent... events) {
        return Told.to(new SwarmFold(), events);
    }

    @Test
    void initializedIsNotYetActive() {
        assertThat(told(INITIALIZED))
                .isEqualTo(new SwarmState(
                        Told.ID,
                        "mesh",
                        15L,
                        0,
                        null,
                        "initialized",
                        Growing.empty(),
                        0,
                        null,
                        5.0,
                        null,
                        1_000.0,
                        CallSums.NONE,
                        "alpha"));
    }

    @Test
    void activeFromTheFirstScaling() {
        assertThat(told(INITIALIZED, SCALED))
                .isEqualTo(told(INITIALIZED)
                        .with(swarm -> swarm.status("active").agentCount(5).lastActivityAt(2_000.0)));
    }

    @Test
    void activeFromTheFirstPhase() {
        assertThat(told(INITIALIZED, BUILDING))
                .isEqualTo(told(INITIALIZED)
                        .with(swarm -> swarm.status("active").phase("build").lastActivityAt(2_000.0)));
    }

    @Test
    void milestonesAndErrorsSayNothingAboutTheStatus() {
        SwarmState swarm = told(INITIALIZED, REACHED, FAILED, REACHED);
        assertThat(swarm.status()).isEqualTo("initialized");
        assertThat(swarm.milestones().toList())
                .containsExactly(new Milestone("ms-1", "Alpha", 30.0), new Milestone("ms-1", "Alpha", 30.0));
        assertThat(swarm.errorCount()).isEqualTo(1);
        assertThat(swarm.lastError()).isEqualTo("boom");
        assertThat(swarm.lastActivityAt()).isEqualTo(4_000.0);
    }

    @Test
    void terminatedStaysTerminatedAndTheRestGoesOn() {
        SwarmState swarm = told(INITIALIZED, TERMINATED, SCALED, BUILDING, REACHED);
        assertThat(swarm.status()).isEqualTo("terminated");
        assertThat(swarm.terminatedAt()).isEqualTo(50.0);
        assertThat(swarm.agentCount()).isEqualTo(5);
        assertThat(swarm.phase()).isEqualTo("build");
        assertThat(swarm.milestones().size()).isEqualTo(1);
    }

    @Test
    void initializedAgainItStartsAnew() {
        assertThat(told(INITIALIZED, SCALED, BUILDING, REACHED, FAILED, TERMINATED, INITIALIZED))
                .isEqualTo(told(INITIALIZED).with(swarm -> swarm.lastActivityAt(7_000.0)));
    }

    @Test
    void beforeItIsInitializedEverythingIsPassedOver() {
        for (LedgerEvent event : List.of(SCALED, BUILDING, REACHED, FAILED, TERMINATED)) {
            assertThat(told(event)).isNull();
        }
    }

    @Test
    void eventsOfOtherFeaturesAndOpaqueOnesArePassedOver() {
        SwarmState swarm = told(INITIALIZED);
        SwarmFold fold = new SwarmFold();
        for (LedgerEvent event :
                List.of(new TaskQueued("t", "low", 1.0), OpaqueEvent.unknown("swarm:renamed", "1", "{}"))) {
            assertThat(fold.evolve(swarm, event, Told.at(9_000))).isSameAs(swarm);
            assertThat(fold.evolve(null, event, Told.at(9_000))).isNull();
        }
    }

    @Test
    void whatAnEventDoesNotTellIsNullOrStaysOrIsTheEventsOwnTime() {
        SwarmState swarm = told(
                new SwarmInitialized(null, null, null, null),
                SCALED,
                new SwarmScaled(null, null, null, null),
                BUILDING,
                new SwarmPhaseChanged(null, null, null),
                new SwarmMilestoneReached(null, null, null),
                new SwarmFailed(null, null, null, null),
                new SwarmTerminated(null, null, null));
        assertThat(swarm)
                .isEqualTo(new SwarmState(
                        Told.ID,
                        null,
                        null,
                        5,
                        null,
                        "terminated",
                        Growing.of(List.of(new Milestone(null, null, 6_000.0))),
                        1,
                        null,
                        1_000.0,
                        8_000.0,
                        8_000.0,
                        CallSums.NONE,
                        "alpha"));
    }
}
