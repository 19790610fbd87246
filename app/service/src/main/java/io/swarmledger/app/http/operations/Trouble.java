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
        return log.writer()
                .obstacle()
                .or(() -> metrics.fault().map(LogFault::getMessage).map(said -> "The last append failed: " + said))
                .or(() -> workers.standings().stream()
                        .filter(one -> one.state() == Standing.State.LOST)
                        .findFirst()
                        .map(Trouble::lost));
    }

    private static String lost(Standing lost) {
        return "The service cannot go on without " + lost.name() + ": " + lost.reason();
    }
}
