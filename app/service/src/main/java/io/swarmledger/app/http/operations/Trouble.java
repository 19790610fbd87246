package io.swarmledger.app.http.operations;

import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.worker.Standing;
import io.swarmledger.app.worker.Workers;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What nobody may overlook, whichever page is open: nothing is recorded any more, or the service cannot go on. */
@Component
public class Trouble {

    private final LogFile log;
    private final LogMetrics metrics;
    private final Workers workers;

    Trouble(LogFile log, LogMetrics metrics, Workers workers) {
        this.log = log;
        this.metrics = metrics;
        this.workers = workers;
    }

    /** In a sentence; empty where there is none. */
    public Optional<String> reason() {
        return ofLog().map(OfLog::reason).or(() -> workers.standings().stream()
                .filter(one -> one.state() == Standing.State.LOST)
                .findFirst()
                .map(Trouble::lost));
    }

    /**
     * Why the log cannot be written.
     *
     * @param kind what the last append failed at; {@code null} if something stands in the way of any
     */
    record OfLog(String reason, LogFault.Kind kind) {}

    /** Empty while it can be written. */
    Optional<OfLog> ofLog() {
        return log.writer().obstacle().map(reason -> new OfLog(reason, null)).or(() -> metrics.fault()
                .map(fault -> new OfLog("The last append failed: " + fault.getMessage(), fault.kind())));
    }

    private static String lost(Standing lost) {
        return "The service cannot go on without " + lost.name() + ": " + lost.reason();
    }
}
