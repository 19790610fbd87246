package io.swarmledger.app.timetravel;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.timetravel.TimeTravelIndex;
import io.swarmledger.query.view.Positions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the index of all moments up to date, behind everything else: it looks a few times a second, and while events are
 * being appended it rests as long as it works.
 */
public final class TimeTravelFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TimeTravelFollower.class);

    private static final int BATCH = 5_000;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final TimeTravelIndex index;
    private final Positions positions;
    private volatile Thread thread;

    public TimeTravelFollower(TimeTravelIndex index, Positions positions) {
        this.index = index;
        this.positions = positions;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = new Thread(this::run, "swarm-ledger-time-travel");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Once it returns nothing is written any more. */
    @Override
    public synchronized void stop() {
        Thread stopping = thread;
        if (stopping == null) {
            return;
        }
        thread = null;
        LockSupport.unpark(stopping);
        try {
            stopping.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        boolean faulty = false;
        while (Thread.currentThread() == thread) {
            try {
                LockSupport.parkNanos(readOn());
                faulty = false;
            } catch (RuntimeException fault) {
                if (!faulty) {
                    LOG.warn("{}", fault.getMessage());
                }
                faulty = true;
                LockSupport.parkNanos(AFTER_FAULT.toNanos());
            }
        }
        index.close();
    }

    /** How long to rest after a batch, nanoseconds. */
    private long readOn() {
        long head = positions.of(LedgerQuery.LOG);
        long start = System.nanoTime();
        int read = index.readOn(BATCH);
        if (read > 0) {
            positions.committed();
        }
        if (read < BATCH) {
            return PAUSE.toNanos();
        }
        return positions.of(LedgerQuery.LOG) > head ? System.nanoTime() - start : 0;
    }
}
