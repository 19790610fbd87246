package io.swarmledger.app.alert;

import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Whether rules are looked after and whoever is to know is told: degraded if not, since the ledger itself works on. */
public final class AlertsHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final Alerts alerts;

    public AlertsHealth(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public Health health() {
        boolean isUntold =
                alerts.delivery().map(delivery -> delivery.fault() != null).orElse(false);
        Health.Builder health = Health.status(alerts.fault().isPresent() || isUntold ? DEGRADED : Status.UP);
        health.withDetail("rules", alerts.standings().size());
        health.withDetail(
                "raised",
                alerts.standings().stream()
                        .mapToLong(Alerts.RuleStanding::raised)
                        .sum());
        alerts.fault().ifPresent(fault -> health.withDetail("fault", fault));
        alerts.delivery().ifPresent(delivery -> health.withDetail("webhook", told(delivery)));
        return health.build();
    }

    private static String told(Delivery.Standing delivery) {
        String told = delivery.to() + " was told of " + delivery.delivered() + " since the start"
                + (delivery.givenUp() == 0 ? "" : ", " + delivery.givenUp() + " were given up");
        return delivery.fault() == null
                ? told
                : told + "; " + delivery.waiting() + " wait, tried in vain " + delivery.tries() + " times: "
                        + delivery.fault() + "; next at " + Instant.ofEpochMilli(delivery.nextTryAt());
    }
}
