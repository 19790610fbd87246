package io.swarmledger.app.http.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.LogObserver;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.LogWriter;
import io.swarmledger.app.worker.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the log's writer does, and what the threads fail at, in numbers. */
@Component
class LogMetrics implements MeterBinder, LogObserver {

    private final LogWriter writer;
    private final Path writeAheadLog;
    private final AppendRate rate;
    private final Workers workers;
    private volatile LogFault fault;
    private Counter appends;
    private Counter events;
    private DistributionSummary groups;
    private Timer commits;
    private MeterRegistry registry;

    LogMetrics(LogFile log, LedgerDirectory ledger, AppendRate rate, Workers workers) {
        this.rate = rate;
        this.workers = workers;
        this.writer = log.writer();
        Path file = ledger.files().log();
        this.writeAheadLog = file.resolveSibling(file.getFileName() + "-wal");
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        registry = meters;
        appends =
                Counter.builder("ledger.appends").description("Appends on disk").register(meters);
        events = Counter.builder("ledger.events").description("Events on disk").register(meters);
        groups = DistributionSummary.builder("ledger.group.size")
                .description("Appends that shared one transaction")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(meters);
        commits = Timer.builder("ledger.commit")
                .description("Transactions of the log")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5))
                .register(meters);
        Gauge.builder("ledger.queue", writer, LogWriter::waiting)
                .description("Appends that wait for the log's writer")
                .register(meters);
        Gauge.builder("ledger.wal.size", writeAheadLog, file -> file.toFile().length())
                .description("The write-ahead log, which grows while somebody reads for long")
                .baseUnit("bytes")
                .register(meters);
        writer.observe(this);
        workers.observe(
                name -> meters.counter("ledger.worker.faults", "worker", name).increment());
    }

    /** What the last group failed at; empty if it is on disk. */
    Optional<LogFault> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public void committed(int number, long brought, long nanos) {
        fault = null;
        appends.increment(number);
        events.increment(brought);
        rate.note(brought);
        groups.record(number);
        commits.record(Duration.ofNanos(nanos));
    }

    @Override
    public void failed(LogFault failure) {
        fault = failure;
        registry.counter("ledger.faults", "kind", failure.kind().name().toLowerCase())
                .increment();
    }
}
