package io.swarmledger.app.view;

import io.swarmledger.query.view.ReadableEvent;
import io.swarmledger.query.view.UnreadableEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;

/**
 * Reads the log on a thread of its own, a few batches ahead of whoever folds them: reading and parsing take as long as
 * folding and writing. Events that nobody wants are passed over without being parsed.
 */
final class LogAhead implements AutoCloseable {

    /** A larger transaction writes a page of the views once where smaller ones write it several times. */
    private static final int BATCH = 10_000;

    /** Of payloads, in characters: an event may have a megabyte. */
    private static final long BATCH_CHARACTERS = 16L << 20;

    private static final int BATCHES = 1;
    private static final int PROGRESS_EVERY = 20_000;

    private final EventStorageEngine log;
    private final Serializer serializer;
    private final Predicate<TrackedEventMessage<?>> wanted;
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Reads what is behind {@code position}, up to the end that the log has by then.
     *
     * @param serializer the one that {@code log} reads with
     * @param end the last position that is read, if the log goes further
     */
    LogAhead(
            EventStorageEngine log,
            Serializer serializer,
            long position,
            long end,
            Predicate<TrackedEventMessage<?>> wanted) {
        this.log = log;
        this.serializer = serializer;
        this.wanted = wanted;
        this.thread = new AxonThreadFactory("swarm-ledger-replays-reader").newThread(() -> read(position, end));
        thread.start();
    }

    /**
     * Some of the log.
     *
     * @param events those that are wanted
     * @param last the position of the last event that was read, wanted or not
     * @param isEnd whether there is nothing behind it
     */
    record Batch(List<Read> events, long last, boolean isEnd, RuntimeException failure) {}

    /**
     * An event of the log.
     *
     * @param readable {@code null} if it is not
     */
    record Read(TrackedEventMessage<?> message, ReadableEvent readable) {}

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

    private void read(long position, long end) {
        long last = position;
        try (Stream<? extends TrackedEventMessage<?>> stream =
                log.readEvents(GapAwareTrackingToken.newInstance(position, List.of()), false)) {
            Iterator<? extends TrackedEventMessage<?>> events = stream.iterator();
            List<Read> batch = new ArrayList<>(BATCH);
            int read = 0;
            long characters = 0;
            while (!closed && last < end && events.hasNext()) {
                TrackedEventMessage<?> event = events.next();
                last = event.trackingToken().position().orElseThrow();
                if (wanted.test(event)) {
                    batch.add(read(event));
                    characters += sizeOf(event);
                }
                // Progress is shown, and a killed replay goes on from it, where nothing is wanted for a long time too.
                if (batch.size() == BATCH || characters > BATCH_CHARACTERS || ++read % PROGRESS_EVERY == 0) {
                    hand(new Batch(batch, last, false, null));
                    batch = new ArrayList<>(BATCH);
                    characters = 0;
                }
            }
            hand(new Batch(batch, last, true, null));
        } catch (RuntimeException failure) {
            hand(new Batch(List.of(), last, true, failure));
        }
    }

    /** What a message reads of its row only when it is asked, it reads here. */
    private static Read read(TrackedEventMessage<?> event) {
        try {
            return new Read(event, ReadableEvent.of((DomainEventMessage<?>) event));
        } catch (UnreadableEvent unreadable) {
            return new Read(event, null);
        }
    }

    private int sizeOf(TrackedEventMessage<?> event) {
        return event.serializePayload(serializer, String.class).getData().length();
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
