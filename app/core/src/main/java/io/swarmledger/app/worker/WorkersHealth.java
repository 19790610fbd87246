package io.swarmledger.app.worker;

import io.swarmledger.app.worker.Standing.State;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** How the threads stand: down if one fails for long or is not there any more, degraded if one failed just now. */
public final class WorkersHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final Workers workers;

    public WorkersHealth(Workers workers) {
        this.workers = workers;
    }

    /** Whether all are there at all: while one is not, only a new start helps. */
    public static HealthIndicator ofLife(Workers workers) {
        return () -> workers.lost()
                .map(lost ->
                        Health.down().withDetail(lost.name(), lost.reason()).build())
                .orElseGet(() -> Health.up().build());
    }

    @Override
    public Health health() {
        List<Standing> standings = workers.standings();
        State worst =
                standings.stream().map(Standing::state).max(State::compareTo).orElse(State.OK);
        Health.Builder health = Health.status(
                switch (worst) {
                    case OK -> Status.UP;
                    case GOES_ON -> DEGRADED;
                    case FAILING, LOST -> Status.DOWN;
                });
        standings.stream()
                .filter(one -> one.state() != State.OK)
                .forEach(one -> health.withDetail(one.name(), one.reason()));
        return health.build();
    }
}
