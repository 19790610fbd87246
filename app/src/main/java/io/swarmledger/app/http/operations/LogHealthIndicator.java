package io.swarmledger.app.http.operations;

import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.sqlite.LogFile;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the log can be written, and why not. */
@Component
class LogHealthIndicator implements HealthIndicator {

    private final LogFile log;
    private final LogMetrics metrics;

    LogHealthIndicator(LogFile log, LogMetrics metrics) {
        this.log = log;
        this.metrics = metrics;
    }

    @Override
    public Health health() {
        Optional<String> loss = log.writer().loss();
        Optional<LogFault> fault = metrics.fault();
        Health.Builder health = loss.isPresent() || fault.isPresent() ? Health.down() : Health.up();
        loss.ifPresent(missing -> health.withDetail("reason", missing));
        if (loss.isEmpty()) {
            fault.ifPresent(failed -> health.withDetail("reason", "The last append failed: " + failed.getMessage())
                    .withDetail("kind", failed.kind()));
        }
        return health.withDetail("waiting", log.writer().waiting()).build();
    }
}
