package io.swarmledger.app.view;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/**
 * Reads the log on a thread of its own, a few batches ahead of whoever folds them: reading and parsing take as long as
 * folding and writing. Events that nobody wants are passed over without being parsed.
 */
final class LogAhead implements AutoCloseable {

    private static final int BATCH = 2_000;
    private static final int BATCHES = 3;

    private final EventStorageEngine log;
    private final Predicate<TrackedEventMessage<?>> wanted;
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread;
    private volatile boolean closed;

    /** Reads what is behind {@code position}, up to the end that the log has by then. */
    LogAhead(EventStorageEngine log, long position, Predicate<TrackedEventMessage<?>> wanted) {
        this.log = log;
        this.wanted = wanted;
        this.thread = new AxonThreadFactory("swarm-ledger-replays-reader").newThread(() -> read(position));
        thread.start();
    }

    /**
     * Some of the log.
     *
     * @param events those that are wanted, their payloads parsed
     * @param last the position of the last event that was read, wanted or not
     * @param isEnd whether there is nothing behind it
     */
    record Batch(List<TrackedEventMessage<?>> events, long last, boolean isEnd, RuntimeException failure) {}

    /** The next batch, in order. */
    Batch take() {
        try {
            Batch batch = batches.take();
            if (batch.failure() != null) {
                throw batch.failure();
            }
            return batch;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the log was read", interrupted);
        }
    }

    private void read(long position) {
        long last = position;
        try (Stream<? extends TrackedEventMessage<?>> stream =
                log.readEvents(GapAwareTrackingToken.newInstance(position, List.of()), false)) {
            Iterator<? extends TrackedEventMessage<?>> events = stream.iterator();
            List<TrackedEventMessage<?>> batch = new ArrayList<>(BATCH);
            int read = 0;
            while (!closed && events.hasNext()) {
                TrackedEventMessage<?> event = events.next();
                last = event.trackingToken().position().orElseThrow();
                if (wanted.test(event)) {
                    event.getPayload();
                    batch.add(event);
                }
                // Progress is shown, and a killed replay goes on from it, where nothing is wanted for a long time too.
                if (batch.size() == BATCH || ++read % (10 * BATCH) == 0) {
                    hand(new Batch(batch, last, false, null));
                    batch = new ArrayList<>(BATCH);
                }
            }
            hand(new Batch(batch, last, true, null));
        } catch (RuntimeException failure) {
            hand(new Batch(List.of(), last, true, failure));
        }
    }

    private void hand(Batch batch) {
        try {
            boolean taken = false;
            while (!closed && !taken) {
                taken = batches.offer(batch, 100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
