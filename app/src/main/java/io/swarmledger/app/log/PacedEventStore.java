package io.swarmledger.app.log;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

/**
 * Axon's event store, whose followers are not fed after each commit but a few dozen times a second: each time costs them a
 * reading of the log and every view a transaction, however few events there are. After a quiet moment they are fed at
 * once.
 */
public final class PacedEventStore extends EmbeddedEventStore {

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final ScheduledExecutorService feeder = new ScheduledThreadPoolExecutor(
            1, new AxonThreadFactory("swarm-ledger-feeder"), new ThreadPoolExecutor.DiscardPolicy());
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile long fedAt = System.nanoTime() - PACE_NANOS;

    public PacedEventStore(Builder builder) {
        super(builder);
    }

    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {
        if (due.compareAndSet(false, true)) {
            feeder.schedule(this::feed, PACE_NANOS - (System.nanoTime() - fedAt), TimeUnit.NANOSECONDS);
        }
    }

    private void feed() {
        due.set(false);
        fedAt = System.nanoTime();
        super.afterCommit(List.of());
    }

    @Override
    public void shutDown() {
        feeder.shutdown();
        super.shutDown();
    }
}
