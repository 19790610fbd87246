package io.swarmledger.app.view;

import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether everybody who follows the log keeps up with it: down if one has stopped, degraded if one falls behind, or is in
 * a fold that does not return.
 */
public final class LagHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final Lags lags;
    private final Supplier<Map<String, String>> stuck;

    /**
     * Health of those who follow the log.
     *
     * @param stuck by the names of those whose fold does not return, what it is at
     */
    public LagHealth(Lags lags, Supplier<Map<String, String>> stuck) {
        this.lags = lags;
        this.stuck = stuck;
    }

    @Override
    public Health health() {
        Map<String, Lag> all = lags.all();
        Map<String, String> held = stuck.get();
        Status status = Status.UP;
        if (all.values().stream().anyMatch(Lag::isStandstill)) {
            status = Status.DOWN;
        } else if (all.values().stream().anyMatch(Lag::isFault) || !held.isEmpty()) {
            status = DEGRADED;
        }
        Health.Builder health = Health.status(status);
        all.forEach((name, lag) -> health.withDetail(name, detail(lag, held.get(name))));
        return health.build();
    }

    private static Object detail(Lag lag, String held) {
        if (held != null) {
            return lag.describe() + "; " + held;
        }
        return lag.isFault() ? lag.describe() : Map.of("events", lag.events(), "age", lag.age());
    }
}
