package io.swarmledger.app.log;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;

/** The log for one who follows it, from a token on. For one thread at a time. */
final class TailStream implements TrackingEventStream {

    private final EventTail tail;
    private EventTail.Place place;
    private List<? extends TrackedEventMessage<?>> stretch = List.of();
    private int next;
    private volatile Runnable callback;

    TailStream(EventTail tail, TrackingToken token) {
        this.tail = tail;
        this.place = EventTail.Place.of(token);
    }

    @Override
    public boolean setOnAvailableCallback(Runnable newCallback) {
        callback = newCallback;
        tail.tell(newCallback);
        return true;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return isThere() ? Optional.of(stretch.get(next)) : Optional.empty();
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!isThere()) {
            if (!tail.await(place, deadline - System.nanoTime())) {
                return false;
            }
        }
        return true;
    }

    private boolean isThere() {
        if (next == stretch.size()) {
            stretch = tail.behind(place, this);
            next = 0;
        }
        return next < stretch.size();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(1, TimeUnit.DAYS)) {
            if (tail.isClosed()) {
                throw new IllegalStateException("The log is closed");
            }
        }
        TrackedEventMessage<?> event = stretch.get(next++);
        place = EventTail.Place.of(event.trackingToken());
        return event;
    }

    @Override
    public void close() {
        tail.leave(this, callback);
    }
}
