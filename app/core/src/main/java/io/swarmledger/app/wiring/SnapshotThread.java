package io.swarmledger.app.wiring;

import io.swarmledger.app.worker.WatchedPool;
import io.swarmledger.app.worker.Workers;
import java.util.ArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one thread on which snapshots are made, and a way to see it at rest. An aggregate is in its queue once at most.
 */
public final class SnapshotThread extends WatchedPool {

    private static final int GRACE_S = 10;

    private final AtomicInteger open = new AtomicInteger();

    SnapshotThread(Workers workers) {
        super(workers, "swarm-ledger-snapshots", 1, new LinkedBlockingQueue<>(), (late, thread) -> ((SnapshotThread)
                        thread)
                .open.decrementAndGet());
    }

    @Override
    public void execute(Runnable snapshot) {
        open.incrementAndGet();
        super.execute(snapshot);
    }

    @Override
    protected void afterExecute(Runnable snapshot, Throwable failure) {
        open.decrementAndGet();
        super.afterExecute(snapshot, failure);
    }

    /** Whether no snapshot is under way and none waits. */
    public boolean isAtRest() {
        return open.get() == 0;
    }

    /** Waits for the one that is under way. Those that wait are forgotten: the next load makes them due again. */
    void stop() {
        shutdown();
        open.addAndGet(-getQueue().drainTo(new ArrayList<>()));
        try {
            awaitTermination(GRACE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
