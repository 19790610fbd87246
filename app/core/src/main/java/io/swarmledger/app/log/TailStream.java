package io.swarmledger.app.log;

import io.swarmledger.query.log.LogRow;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** The log for one who follows it, from a token on. For one thread at a time. */
final class TailStream implements TrackingEventStream {

    /** Who was handed as much as it may have in flight is not told to the moment that there is room. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LogTail tail;
    private final RowMessages messages;
    private final InFlight inFlight;
    private final Predicate<EventMessage<?>> wanted;
    private final Queue<TrackedEventMessage<?>> ofRow = new ArrayDeque<>();
    private long position;
    private List<LogRow> rows = List.of();
    private int next;
    private volatile Runnable callback;

    /**
     * What is behind a token.
     *
     * @param wanted what it hands on, and beside that now and then something else, which says how far it is
     */
    TailStream(
            LogTail tail,
            RowMessages messages,
            InFlight inFlight,
            Predicate<EventMessage<?>> wanted,
            TrackingToken token) {
        this.wanted = wanted;
        this.tail = tail;
        this.messages = messages;
        this.inFlight = inFlight;
        this.position = token == null ? 0 : token.position().orElse(0);
        inFlight.begin();
    }

    @Override
    public boolean setOnAvailableCallback(Runnable newCallback) {
        callback = newCallback;
        tail.tell(newCallback);
        inFlight.whenRoom(newCallback);
        return true;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return withoutErrors(() -> isThere() ? Optional.of(ofRow.element()) : Optional.empty());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!withoutErrors(this::isThere)) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || tail.isClosed()) {
                return false;
            }
            if (inFlight.hasRoom()) {
                if (!tail.await(position, left) && tail.isClosed()) {
                    return false;
                }
            } else {
                LockSupport.parkNanos(this, Math.min(left, LOOK_NANOS));
            }
        }
        return true;
    }

    private boolean isThere() {
        while (ofRow.isEmpty()) {
            if (next == rows.size()) {
                rows = tail.behind(position, this);
                next = 0;
            }
            if (rows.isEmpty() || !inFlight.hasRoom()) {
                return false;
            }
            LogRow row = rows.get(next++);
            position = row.position();
            List<? extends TrackedEventMessage<?>> told = messages.of(row);
            boolean isLast = next == rows.size();
            if (isLast || told.stream().anyMatch(wanted)) {
                inFlight.hand(position, row.bytes());
                ofRow.addAll(told);
            }
        }
        return true;
    }

    /** A processor begins anew after an exception; after an error it would stand still for good. */
    private static <T> T withoutErrors(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Error error) {
            throw new EventStoreException("The log cannot be followed: " + error, error);
        }
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(1, TimeUnit.DAYS)) {
            if (tail.isClosed()) {
                throw new IllegalStateException("The log is closed");
            }
        }
        return ofRow.remove();
    }

    @Override
    public void close() {
        tail.leave(this, callback);
    }
}
