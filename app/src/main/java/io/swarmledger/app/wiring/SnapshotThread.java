package io.swarmledger.app.wiring;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonThreadFactory;

/** The one thread on which snapshots are made, and a way to see it at rest. */
public final class SnapshotThread extends ThreadPoolExecutor {

    SnapshotThread() {
        super(
                1,
                1,
                0,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                new AxonThreadFactory("swarm-ledger-snapshots"));
    }

    /** Whether no snapshot is under way and none waits. */
    public boolean isAtRest() {
        return getQueue().isEmpty() && getActiveCount() == 0;
    }
}
