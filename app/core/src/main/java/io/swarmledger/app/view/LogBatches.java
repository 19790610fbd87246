package io.swarmledger.app.view;

import io.swarmledger.app.worker.ReadAhead;
import io.swarmledger.query.view.ReadableEvent;
import io.swarmledger.query.view.UnreadableEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;

/**
 * The log in pieces for whoever folds it, read and parsed: that takes as long as folding and writing, so it is read ahead.
 * Events that nobody wants are passed over without being parsed.
 */
final class LogBatches implements ReadAhead.Source<LogBatches.Batch> {

    /** A larger transaction writes a page of the views once where smaller ones write it several times. */
    private static final int EVENTS = 10_000;

    /** Of payloads: an event may have a megabyte, and what is folded of it is in memory beside it. */
    private static final long CHARACTERS =
            Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 64);

    private static final int PROGRESS_EVERY = 20_000;

    private final Serializer serializer;
    private final Predicate<TrackedEventMessage<?>> wanted;
    private final Iterator<? extends TrackedEventMessage<?>> events;
    private long last;
    private boolean atEnd;

    /**
     * What is behind {@code position}, up to the end that the log has by then.
     *
     * @param serializer the one that {@code log} reads with
     */
    LogBatches(EventStorageEngine log, Serializer serializer, long position, Predicate<TrackedEventMessage<?>> wanted) {
        this.serializer = serializer;
        this.wanted = wanted;
        this.events = log.readEvents(GapAwareTrackingToken.newInstance(position, List.of()), false)
                .iterator();
        this.last = position;
    }

    /**
     * Some of the log.
     *
     * @param events those that are wanted
     * @param last the position of the last event that was read, wanted or not
     * @param isEnd whether there is nothing behind it
     */
    record Batch(List<Read> events, long last, boolean isEnd) {}

    /**
     * An event of the log.
     *
     * @param readable {@code null} if it is not
     */
    record Read(TrackedEventMessage<?> message, ReadableEvent readable) {}

    @Override
    public Batch next() {
        if (atEnd) {
            return null;
        }
        List<Read> batch = new ArrayList<>();
        long characters = 0;
        // Progress is shown, and a killed replay goes on from it, where nothing is wanted for a long time too.
        for (int read = 0; batch.size() < EVENTS && characters < CHARACTERS && read < PROGRESS_EVERY; read++) {
            if (!events.hasNext()) {
                atEnd = true;
                break;
            }
            TrackedEventMessage<?> event = events.next();
            last = event.trackingToken().position().orElseThrow();
            if (wanted.test(event)) {
                batch.add(read(event));
                characters += sizeOf(event);
            }
        }
        return new Batch(batch, last, atEnd);
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
}
