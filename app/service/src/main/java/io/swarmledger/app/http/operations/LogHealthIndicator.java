package io.swarmledger.app.http.operations;

import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.sqlite.LogFile;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Whether the log can be written, and why not. */
@Component
class LogHealthIndicator extends AbstractHealthIndicator {

    private final LogFile log;
    private final LogMetrics metrics;

    LogHealthIndicator(LogFile log, LogMetrics metrics) {
        this.log = log;
        this.metrics = metrics;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Optional<String> obstacle = log.writer().obstacle();
        Optional<LogFault> fault = metrics.fault();
        health.status(obstacle.isPresent() || fault.isPresent() ? Status.DOWN : Status.UP);
        obstacle.ifPresent(reason -> health.withDetail("reason", reason));
        if (obstacle.isEmpty()) {
            fault.ifPresent(failed -> health.withDetail("reason", "The last append failed: " + failed.getMessage())
                    .withDetail("kind", failed.kind()));
        }
        health.withDetail("waiting", log.writer().waiting());
    }
}
