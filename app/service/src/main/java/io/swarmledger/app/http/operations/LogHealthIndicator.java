package io.swarmledger.app.http.operations;

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
    private final Trouble trouble;

    LogHealthIndicator(LogFile log, Trouble trouble) {
        this.log = log;
        this.trouble = trouble;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Optional<Trouble.OfLog> found = trouble.ofLog();
        health.status(found.isPresent() ? Status.DOWN : Status.UP);
        found.ifPresent(of -> health.withDetail("reason", of.reason()));
        found.map(Trouble.OfLog::kind).ifPresent(kind -> health.withDetail("kind", kind));
        health.withDetail("waiting", log.writer().waiting());
    }
}
