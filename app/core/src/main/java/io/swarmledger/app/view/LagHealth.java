package io.swarmledger.app.view;

import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Whether everybody who follows the log keeps up with it: down if one has stopped, degraded if one falls behind. */
public final class LagHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final Lags lags;

    public LagHealth(Lags lags) {
        this.lags = lags;
    }

    @Override
    public Health health() {
        Map<String, Lag> all = lags.all();
        Status status = Status.UP;
        if (all.values().stream().anyMatch(Lag::isStandstill)) {
            status = Status.DOWN;
        } else if (all.values().stream().anyMatch(Lag::isFault)) {
            status = DEGRADED;
        }
        Health.Builder health = Health.status(status);
        all.forEach((name, lag) -> health.withDetail(
                name, lag.isFault() ? lag.describe() : Map.of("events", lag.events(), "age", lag.age())));
        return health.build();
    }
}
