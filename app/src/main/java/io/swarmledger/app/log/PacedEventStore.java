package io.swarmledger.app.log;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventhandling.DomainEventMessage;
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
    private final ReaderThread reader;
    private volatile long fedAt = System.nanoTime() - PACE_NANOS;

    /** A store that {@code builder} says all of, but for the thread that reads the log for the followers. */
    public PacedEventStore(Builder builder) {
        this(builder, new ReaderThread());
    }

    private PacedEventStore(Builder builder, ReaderThread reader) {
        super(builder.threadFactory(reader));
        this.reader = reader;
    }

    /** Remembers the one thread that it makes. */
    private static final class ReaderThread implements ThreadFactory {

        private final ThreadFactory threads = new AxonThreadFactory("swarm-ledger-follower");
        private volatile Thread thread;

        @Override
        public Thread newThread(Runnable work) {
            thread = threads.newThread(work);
            return thread;
        }

        void join() {
            try {
                if (thread != null) {
                    thread.join(TimeUnit.SECONDS.toMillis(5));
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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

    /**
     * The engine does not read a stream that is to begin, and here it is not looked for either: what many commands share
     * would be gone through once for each of them.
     */
    @Override
    protected Stream<? extends DomainEventMessage<?>> stagedDomainEventMessages(String aggregateId) {
        return NewStreams.has(aggregateId) ? Stream.empty() : super.stagedDomainEventMessages(aggregateId);
    }

    @Override
    public void shutDown() {
        feeder.shutdown();
        super.shutDown();
        // Otherwise it may meet a log that is closed already, and say so as if something were wrong.
        reader.join();
    }
}
