package io.swarmledger.app.bench;

import io.swarmledger.app.bench.BenchReport.LiveThroughput;
import io.swarmledger.app.bench.BenchReport.Ratios;
import io.swarmledger.app.bench.BenchReport.Raw;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.log.sqlite.RawLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything measured once. */
final class Round {

    private static final int CLIENTS = 64;
    private static final int MANY_EVENTS = 100_000;

    /** A rate is known by then, however large the logs are that are read. */
    private static final int ENOUGH_COMMANDS = 50_000;

    private final Path directory;
    private final long events;
    private final Consumer<String> progress;

    /** A round of that size with its files in that directory. */
    Round(Path directory, long events, Consumer<String> progress) {
        this.directory = directory;
        this.events = events;
        this.progress = progress;
    }

    BenchReport measure(Machine machine, int rounds) throws Exception {
        Commands commands = commands();
        Bulk bulk = bulk();
        Throughput of64 = commands.byClients().get(String.valueOf(CLIENTS));
        Throughput of1 = commands.byClients().get("1");
        return new BenchReport(
                events,
                rounds,
                machine,
                new Raw(commands.autocommit(), commands.batch64(), bulk.batch1000(), bulk.scan()),
                commands.stockAxon(),
                commands.byClients(),
                commands.live(),
                bulk.commands(),
                bulk.append(),
                bulk.catchUp(),
                bulk.rebuild(),
                aggregateLoad(),
                bulk.queries(),
                commands.bytesPerEvent(),
                bulk.heapMb(),
                new Ratios(
                        Rate.ratio(of64.perSecond(), commands.batch64()),
                        Rate.ratio(of64.perSecond(), commands.stockAxon()),
                        Rate.ratio(commands.live().perSecond(), commands.batch64BesideLive()),
                        Rate.ratio(of1.perSecond(), commands.autocommit()),
                        Rate.ratio(bulk.commands().perSecond(), of64.perSecond()),
                        Rate.ratio(bulk.append(), bulk.batch1000())));
    }

    private record Commands(
            Map<String, Throughput> byClients,
            LiveThroughput live,
            double stockAxon,
            double autocommit,
            double batch64,
            double batch64BesideLive,
            double bytesPerEvent) {}

    /** The ledger writes, and SQLite itself writes the same rows after it. */
    private Commands commands() throws Exception {
        Path home = directory.resolve("commands");
        Map<String, Throughput> byClients = new LinkedHashMap<>();
        double autocommit;
        double batch64;
        double stockAxon;
        LiveThroughput live;
        double batch64BesideLive;
        long written;
        try (BenchLedger ledger = BenchLedger.in(home);
                RawLog raw = RawLog.in(directory.resolve("raw-commands.db"))) {
            byClients.put("1", send(ledger, 1, commands(40)));
            progress.accept("raw inserts, auto-commit");
            autocommit = raw.copy(ledger.files().log(), 1);
            byClients.put("8", send(ledger, 8, commands(10)));
            raw.copy(ledger.files().log(), CLIENTS);
            byClients.put("64", send(ledger, CLIENTS, commands(4)));
            progress.accept("raw inserts, 64 a transaction");
            batch64 = raw.copy(ledger.files().log(), CLIENTS);
            stockAxon = stockAxon();
            byClients.put("256", send(ledger, 256, commands(4)));
            raw.copy(ledger.files().log(), CLIENTS);
            live = live(ledger);
            batch64BesideLive = raw.copy(ledger.files().log(), CLIENTS);
            written = ledger.head();
        }
        double bytesPerEvent = Math.rint((double) Files.size(home.resolve("events.db")) / written);
        return new Commands(byClients, live, stockAxon, autocommit, batch64, batch64BesideLive, bytesPerEvent);
    }

    private long commands(int share) {
        return Math.min(events, 4L * ENOUGH_COMMANDS) / share;
    }

    private Throughput send(BenchLedger ledger, int clients, long commands) {
        progress.accept("commands, " + clients + " at once");
        return new Clients(ledger.commands(), "of-" + clients).send(clients, commands);
    }

    private double stockAxon() {
        progress.accept("commands, " + CLIENTS + " at once, on Axon as it comes");
        try (StockAxon stock = StockAxon.in(directory.resolve("stock.db"))) {
            return new Clients(stock.commands(), "stock")
                    .send(CLIENTS, commands(40))
                    .perSecond();
        }
    }

    private LiveThroughput live(BenchLedger ledger) {
        ledger.followLive();
        ledger.catchUp();
        progress.accept("commands, " + CLIENTS + " at once, with the views following");
        long commands = commands(4);
        long start = System.nanoTime();
        Throughput sent = new Clients(ledger.commands(), "live").send(CLIENTS, commands);
        long behind = ledger.lag();
        ledger.catchUp();
        double toViews = Rate.perSecond(commands, System.nanoTime() - start);
        ledger.pauseViews();
        return new LiveThroughput(sent.perSecond(), sent.p50Ms(), sent.p99Ms(), sent.p999Ms(), behind, toViews);
    }

    private record Bulk(
            double append,
            double batch1000,
            double scan,
            double catchUp,
            Map<String, Double> rebuild,
            QueryLatency queries,
            Throughput commands,
            double heapMb) {}

    /** A log that was imported whole, and what is read from it. */
    private Bulk bulk() throws Exception {
        Path history = directory.resolve("claude-flow.db");
        ForeignSwarm.ofTasks(history, events);
        try (BenchLedger ledger = BenchLedger.in(directory.resolve("imported"));
                RawLog raw = RawLog.in(directory.resolve("raw-imported.db"))) {
            progress.accept("import");
            Import into = ledger.bean(Import.class);
            long start = System.nanoTime();
            long added = into.from(history, Optional.empty(), Progress.SILENT).added();
            double append = Rate.perSecond(added, System.nanoTime() - start);
            progress.accept("raw inserts, 1,000 a transaction");
            double batch1000 = raw.copy(ledger.files().log(), 1_000);
            progress.accept("raw scan");
            double scan = raw.scan();
            progress.accept("views from nothing");
            start = System.nanoTime();
            ledger.followViews();
            ledger.catchUp();
            double catchUp = Rate.perSecond(added, System.nanoTime() - start);
            progress.accept("rebuilds");
            Map<String, Double> rebuild = new Rebuilds(ledger).measure();
            progress.accept("queries");
            QueryLatency queries = QueryLatency.measure(ledger, events / ForeignSwarm.EVENTS_A_TASK - 20);
            ledger.pauseViews();
            Throughput commands = send(ledger, CLIENTS, commands(4));
            return new Bulk(append, batch1000, scan, catchUp, rebuild, queries, commands, heapMb());
        }
    }

    private AggregateLoad aggregateLoad() throws Exception {
        long many = Math.min(MANY_EVENTS, events / 2);
        progress.accept("an aggregate of " + many + " events");
        Path history = directory.resolve("one-agent.db");
        AggregateLoad.prepare(history, many);
        try (BenchLedger ledger = BenchLedger.in(directory.resolve("one-agent"))) {
            return AggregateLoad.measure(ledger, history, many);
        }
    }

    private static double heapMb() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return Math.rint((runtime.totalMemory() - runtime.freeMemory()) / 1e5) / 10;
    }
}
