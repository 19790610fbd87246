package io.swarmledger.app.http.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Whether every view follows the log: down if one does not, degraded if one could not apply an event. */
@Component
class ProjectionsHealthIndicator extends AbstractHealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final ProjectionStandings standings;

    ProjectionsHealthIndicator(ProjectionStandings standings) {
        this.standings = standings;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<ProjectionStanding> all = standings.all();
        Status status = Status.UP;
        if (!all.stream().allMatch(ProjectionStanding::isServed)) {
            status = Status.DOWN;
        } else if (!all.stream().allMatch(one -> one.health().equals(ProjectionStanding.OK))) {
            status = DEGRADED;
        }
        health.status(status);
        all.forEach(one -> health.withDetail(one.name(), detail(one)));
    }

    private static Map<String, Object> detail(ProjectionStanding one) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("health", one.health());
        detail.put("lag", one.lag());
        detail.put("age", one.age());
        detail.put("deadLetters", one.deadLetters());
        if (one.reason() != null) {
            detail.put("reason", one.reason());
        }
        if (one.error() != null) {
            detail.put("error", one.error());
        }
        return detail;
    }
}
