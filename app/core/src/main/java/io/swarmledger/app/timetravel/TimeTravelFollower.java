package io.swarmledger.app.timetravel;

import io.swarmledger.app.log.LogTail;
import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.timetravel.TimeTravelIndex;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ViewFault;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the index of all moments up to date, behind everything else: it looks a few times a second, and while events are
 * being appended it rests as long as it works, unless a question waits for it.
 */
public final class TimeTravelFollower implements SmartLifecycle {

    private static final int BATCH = 5_000;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final TimeTravelFile file;
    private final TimeTravelIndex index;
    private final LogTail tail;
    private final Positions positions;
    private final Workers workers;
    private Worker worker;

    /**
     * A follower.
     *
     * @param file that of {@code index}; once it is lost nothing more is written
     * @param index which takes in what is behind a position in {@code tail}, for whoever {@code tail} is asked
     */
    public TimeTravelFollower(
            TimeTravelFile file, TimeTravelIndex index, LogTail tail, Positions positions, Workers workers) {
        this.file = file;
        this.index = index;
        this.tail = tail;
        this.positions = positions;
        this.workers = workers;
    }

    @Override
    public synchronized void start() {
        if (worker == null) {
            worker = workers.loop("swarm-ledger-time-travel", this::readOn);
            positions.whileAwaited(LedgerQuery.TIME_TRAVEL, worker::wake);
        }
    }

    /** Once it returns nothing is written any more. */
    @Override
    public synchronized void stop() {
        if (worker != null) {
            worker.close();
            worker = null;
            tail.leave(index, null);
            index.close();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return worker != null;
    }

    /** How long to rest after a batch, nanoseconds. */
    private long readOn() {
        long head = positions.of(LedgerQuery.LOG);
        long start = System.nanoTime();
        boolean mayBeMore = file.loss().isEmpty() && readOn(head);
        positions.committed();
        if (!mayBeMore) {
            return PAUSE.toNanos();
        }
        return positions.of(LedgerQuery.LOG) > head ? System.nanoTime() - start : 0;
    }

    private boolean readOn(long head) {
        try {
            return index.readOn(head, BATCH);
        } catch (ViewFault failure) {
            file.met(failure);
            throw failure;
        }
    }
}
