package io.swarmledger.app.bench;

import io.swarmledger.app.bench.TimeTravelReport.Latency;
import io.swarmledger.app.bench.TimeTravelReport.Ratios;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.log.LogFile;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.Changes;
import io.swarmledger.query.timetravel.FindChanges;
import io.swarmledger.query.timetravel.StateOfAll;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.axonframework.messaging.responsetypes.ResponseTypes;

/** Time travel measured once: the index made, and questions asked of it, in a log and in one of a tenth of its size. */
final class TimeTravelRound {

    private static final int QUESTIONS = 200;
    private static final int APART = 1_000;

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
                new Ratios(
                        Rate.ratio(whole.state().p50Ms(), whole.scanMs()),
                        Rate.ratio(whole.state().p50Ms(), tenth.state().p50Ms()),
                        Rate.ratio(whole.indexPerSecond() * whole.scanMs(), 1e3 * events)));
    }

    private record Asked(double scanMs, double indexPerSecond, double bytesPerEvent, Latency state, Latency diff) {}

    private Asked ask(long size) throws Exception {
        Path history = directory.resolve("claude-flow-" + size + ".db");
        ForeignSwarm.ofTasks(history, size);
        try (BenchLedger ledger = BenchLedger.in(directory.resolve("imported-" + size))) {
            progress.accept("import of " + size + " events");
            new Import(ledger.bean(LogFile.class).writer(), ledger.bean(StoredTypes.class))
                    .from(history, Optional.empty(), Progress.SILENT);
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
            return new Asked(scanMs, indexPerSecond, bytes, state, diff);
        }
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
