package io.swarmledger.app.bench;

import io.swarmledger.app.bench.TimeTravelReport.Latency;
import io.swarmledger.app.bench.TimeTravelReport.Ratios;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.log.sqlite.RawLog;
import io.swarmledger.app.view.Replays;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.search.FoundEvents;
import io.swarmledger.query.search.SearchEvents;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.Changes;
import io.swarmledger.query.timetravel.FindChanges;
import io.swarmledger.query.timetravel.StateOfAll;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.axonframework.messaging.responsetypes.ResponseTypes;

/**
 * Time travel measured once: the index made, and questions asked of it, in a log and in one of a tenth of its size; and
 * what a rebuild takes from those who append meanwhile.
 */
final class TimeTravelRound {

    private static final int QUESTIONS = 200;
    private static final int APART = 1_000;
    private static final int CLIENTS = 64;

    /** A rate is known by then. */
    private static final int ENOUGH_COMMANDS = 50_000;

    private final Path directory;
    private final long events;
    private final Consumer<String> progress;

    /** A round of that size with its files in that directory. */
    TimeTravelRound(Path directory, long events, Consumer<String> progress) {
        this.directory = directory;
        this.events = events;
        this.progress = progress;
    }

    TimeTravelReport measure(Machine machine, int rounds) throws Exception {
        Asked tenth = ask(events / 10);
        Asked whole = ask(events);
        return new TimeTravelReport(
                events,
                rounds,
                machine,
                whole.scanMs(),
                whole.indexPerSecond(),
                whole.bytesPerEvent(),
                whole.state(),
                tenth.state(),
                whole.diff(),
                whole.wordsPerSecond(),
                whole.wordBytesPerEvent(),
                whole.search(),
                whole.appends(),
                whole.appendsBesideRebuild(),
                new Ratios(
                        Rate.ratio(whole.state().p50Ms(), whole.scanMs()),
                        Rate.ratio(whole.state().p50Ms(), tenth.state().p50Ms()),
                        Rate.ratio(whole.indexPerSecond() * whole.scanMs(), 1e3 * events),
                        Rate.ratio(whole.appendsBesideRebuild(), whole.appends())));
    }

    private record Asked(
            double scanMs,
            double indexPerSecond,
            double bytesPerEvent,
            Latency state,
            Latency diff,
            double wordsPerSecond,
            double wordBytesPerEvent,
            Latency search,
            double appends,
            double appendsBesideRebuild) {}

    private Asked ask(long size) throws Exception {
        Path history = directory.resolve("claude-flow-" + size + ".db");
        ForeignSwarm.ofTasks(history, size);
        try (BenchLedger ledger = BenchLedger.in(directory.resolve("imported-" + size))) {
            progress.accept("import of " + size + " events");
            ledger.bean(Import.class).from(history, Optional.empty(), Progress.SILENT);
            Files.delete(history);
            long head = ledger.head();
            progress.accept("raw scan");
            double scanMs = Math.rint(1e3 * head / RawLog.scan(ledger.files().log()));
            progress.accept("index of all moments");
            long start = System.nanoTime();
            ledger.followMoments();
            double indexPerSecond = Rate.perSecond(head, System.nanoTime() - start);
            double bytes = Math.rint((double) Files.size(ledger.files().timeTravel()) / head);
            progress.accept("state of everything, " + QUESTIONS + " times");
            Random chance = new Random(13);
            Latency state = latency(ledger, AllThen.class, position -> StateOfAll.at(position), chance, head);
            progress.accept("what changed, " + QUESTIONS + " times");
            Latency diff = latency(
                    ledger,
                    Changes.class,
                    position -> FindChanges.between(Math.max(0, position - APART), position),
                    chance,
                    head);
            progress.accept("index of words");
            start = System.nanoTime();
            ledger.followWords();
            double wordsPerSecond = Rate.perSecond(head, System.nanoTime() - start);
            double wordBytes = Math.rint((double) Files.size(ledger.files().search()) / head);
            progress.accept("searches, " + QUESTIONS + " times");
            Latency search = latency(
                    ledger, FoundEvents.class, position -> SearchEvents.of(words(position, chance)), chance, head);
            progress.accept("rebuilds of all views");
            ledger.bean(Replays.class)
                    .start(ReadModels.ofLedger().projections())
                    .done()
                    .join();
            ledger.followLive();
            ledger.catchUp();
            double appends = append(ledger, "at-rest", Math.min(head / 25, ENOUGH_COMMANDS))
                    .perSecond();
            return new Asked(
                    scanMs,
                    indexPerSecond,
                    bytes,
                    state,
                    diff,
                    wordsPerSecond,
                    wordBytes,
                    search,
                    appends,
                    appendsBesideRebuild(ledger, Math.min(head / 100, ENOUGH_COMMANDS / 5)));
        }
    }

    /** What somebody may look for: one thing, what many events have, beginnings, phrases. */
    private static String words(long position, Random chance) {
        String task = ForeignSwarm.task(1 + position / ForeignSwarm.EVENTS_A_TASK);
        List<String> searches = List.of(
                task,
                task.toUpperCase(Locale.ROOT) + " completed",
                "memory:" + task + "-notes -retrieved",
                "\"" + task + " is done\"",
                "agent:agent-" + position % 100 + " type:completed",
                "implementation store",
                "impl",
                "milest done");
        return searches.get(chance.nextInt(searches.size()));
    }

    private Throughput append(BenchLedger ledger, String name, long commands) {
        progress.accept("commands, " + CLIENTS + " at once, with the views following, " + name);
        return new Clients(ledger.commands(), name).send(CLIENTS, commands);
    }

    /** Some commands at a time, until the rebuild is over; of a short one all of them. */
    private double appendsBesideRebuild(BenchLedger ledger, long atATime) {
        CompletableFuture<Void> rebuild = ledger.bean(Replays.class)
                .start(ReadModels.ofLedger().projections())
                .done();
        double seconds = 0;
        long sent = 0;
        do {
            Throughput some = append(ledger, "beside-rebuild-" + sent, atATime);
            if (sent > 0 && rebuild.isDone()) {
                break;
            }
            sent += atATime;
            seconds += atATime / some.perSecond();
        } while (!rebuild.isDone());
        rebuild.join();
        return Math.rint(sent / seconds);
    }

    private static Latency latency(
            BenchLedger ledger, Class<?> answer, LongFunction<LedgerQuery> question, Random chance, long head) {
        Histogram latencies = Rate.histogram();
        for (int i = 0; i < QUESTIONS; i++) {
            LedgerQuery query = question.apply(1 + chance.nextLong(head));
            long start = System.nanoTime();
            ledger.queries().query(query, ResponseTypes.instanceOf(answer)).join();
            latencies.recordValue(System.nanoTime() - start);
        }
        return new Latency(
                Rate.millisAt(latencies, 50), Rate.millisAt(latencies, 99), Rate.millis(latencies.getMaxValue()));
    }
}
