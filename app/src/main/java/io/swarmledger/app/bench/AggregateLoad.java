package io.swarmledger.app.bench;

import io.swarmledger.app.command.AggregateCaches;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.wiring.SnapshotThread;
import io.swarmledger.commands.agent.ChangeAgentStatus;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long an aggregate of many events that is not in memory takes to answer a command, until that is on disk.
 *
 * @param withSnapshot milliseconds, half of the times
 * @param withoutSnapshot the same, every event read
 * @param events how many the aggregate has
 */
public record AggregateLoad(double withSnapshot, double withoutSnapshot, long events) {

    private static final String AGENT = "agent-of-many-events";
    private static final int COLD_STARTS = 5;
    private static final int LOOK_AGAIN_MS = 5;

    /** Imports such an aggregate into an empty ledger and sends it commands. */
    static AggregateLoad measure(BenchLedger ledger, Path history, long events) throws Exception {
        ledger.bean(Import.class).from(history, Optional.empty(), Progress.SILENT);
        Histogram without = Rate.histogram();
        Histogram with = Rate.histogram();
        for (int i = 0; i < COLD_STARTS; i++) {
            ledger.bean(LogFile.class).writer().forgetSnapshots();
            without.recordValue(coldStart(ledger));
            awaitSnapshot(ledger);
            with.recordValue(coldStart(ledger));
            awaitSnapshot(ledger);
        }
        return new AggregateLoad(Rate.millisAt(with, 50), Rate.millisAt(without, 50), events);
    }

    private static long coldStart(BenchLedger ledger) {
        ledger.bean(AggregateCaches.class).clear();
        long start = System.nanoTime();
        ledger.commands().sendAndWait(new ChangeAgentStatus(AGENT, "blocked"));
        return System.nanoTime() - start;
    }

    private static void awaitSnapshot(BenchLedger ledger) throws InterruptedException {
        while (!ledger.bean(SnapshotThread.class).isAtRest()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }

    /** The history that is imported, made in {@code file}. */
    static void prepare(Path file, long events) throws SQLException {
        ForeignSwarm.ofOneAgent(file, AGENT, events);
    }
}
