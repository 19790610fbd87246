package io.swarmledger.app.bench;

import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.HdrHistogram.DoubleHistogram;

/** The service's door measured once, and beside it the same work without the door. */
final class HttpRound {

    private static final int CLIENTS = 64;
    private static final int CONSUMERS = 500;
    private static final int LINES = 10_000;
    private static final int BODIES = 5;

    /** A rate is known by then. */
    private static final long ENOUGH_COMMANDS = 50_000;

    /** Measured: until then what a request passes through is still being compiled, on the cores that serve it. */
    private static final long WARM_COMMANDS = 200_000;

    private static final int WARM_BODIES = 25;

    private final ServedLedger served;
    private final Path directory;
    private final long events;
    private final Consumer<String> progress;

    /**
     * A round of that size.
     *
     * @param served is the same in every round, and so is warm
     * @param directory for the files of what is measured in process
     */
    HttpRound(ServedLedger served, Path directory, long events, Consumer<String> progress) {
        this.served = served;
        this.directory = directory;
        this.events = events;
        this.progress = progress;
    }

    /** Has the service do what is measured afterwards until it gets no faster. */
    void warmUp() throws IOException {
        progress.accept("appends over HTTP, " + CLIENTS + " connections");
        clients("warm").append(CLIENTS, Math.min(events, WARM_COMMANDS));
        progress.accept("bodies of lines over HTTP");
        for (int i = 1; i <= WARM_BODIES; i++) {
            clients("warm-lines-" + i).lines(CLIENTS, lines());
        }
    }

    HttpReport measure(Machine machine, int rounds) throws Exception {
        InProcess inProcess = inProcess();
        double bulkAppend = bulkAppend();
        Throughput appends = appends("one");
        Throughput besideConsumers = besideConsumers();
        double ndjson = ndjson(lines());
        return new HttpReport(
                events,
                rounds,
                machine,
                inProcess.atRest(),
                inProcess.withViews(),
                appends,
                besideConsumers,
                bulkAppend,
                ndjson,
                lines(),
                new HttpReport.Ratios(
                        Rate.ratio(appends.perSecond(), inProcess.atRest().perSecond()),
                        Rate.ratio(appends.perSecond(), inProcess.withViews().perSecond()),
                        Rate.ratio(besideConsumers.perSecond(), appends.perSecond()),
                        Rate.ratio(ndjson, bulkAppend)));
    }

    private long commands() {
        return Math.min(events / 4, ENOUGH_COMMANDS);
    }

    private int lines() {
        return (int) Math.min(LINES, events);
    }

    private record InProcess(Throughput atRest, Throughput withViews) {}

    private InProcess inProcess() {
        try (BenchLedger ledger = BenchLedger.in(directory.resolve("in-process"))) {
            progress.accept("commands, " + CLIENTS + " at once");
            Throughput atRest = new Clients(ledger.commands(), "of-" + CLIENTS).send(CLIENTS, commands());
            ledger.followLive();
            ledger.catchUp();
            progress.accept("commands, " + CLIENTS + " at once, with the views following");
            return new InProcess(atRest, new Clients(ledger.commands(), "live").send(CLIENTS, commands()));
        }
    }

    private double bulkAppend() throws Exception {
        progress.accept("import");
        Path history = directory.resolve("claude-flow.db");
        ForeignSwarm.ofTasks(history, events);
        try (BenchLedger ledger = BenchLedger.in(directory.resolve("imported"))) {
            Import into = ledger.bean(Import.class);
            long start = System.nanoTime();
            long added = into.from(history, Optional.empty(), Progress.SILENT).added();
            return Rate.perSecond(added, System.nanoTime() - start);
        }
    }

    private Throughput appends(String name) throws IOException {
        progress.accept("appends over HTTP, " + CLIENTS + " connections");
        return clients(name).append(CLIENTS, commands());
    }

    private Throughput besideConsumers() throws IOException {
        progress.accept(CONSUMERS + " consumers that never read");
        try (StalledConsumers consumers = new StalledConsumers(served.port(), CONSUMERS)) {
            return appends("beside");
        }
    }

    private double ndjson(int lines) throws IOException {
        progress.accept("bodies of " + lines + " events over HTTP");
        DoubleHistogram rates = new DoubleHistogram(3);
        for (int i = 1; i <= BODIES; i++) {
            rates.recordValue(clients("lines-" + i).lines(CLIENTS, lines));
        }
        return Math.rint(rates.getValueAtPercentile(50));
    }

    /** The rounds share a service, so each has ids of its own. */
    private HttpClients clients(String name) {
        return new HttpClients(served.port(), directory.getFileName() + "-" + name);
    }
}
