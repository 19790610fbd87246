package io.swarmledger.app.log;

import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/**
 * The newest events of the log in memory, read once for all who follow it. They are not read after each commit but twenty
 * times a second: each time costs a reading of the log and every view a transaction, however few events there are. After
 * a quiet moment they are read at once.
 *
 * <p>They are in arrays, a stretch of the log in each. In a list of links, as Axon's own store has it, the first that a
 * garbage collection takes for old keeps every later one from being collected while it is young.
 */
final class EventTail implements AutoCloseable {

    private static final int AT_ONCE = 500;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** What is imported, nobody announces. */
    private static final long LOOK_ANYWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final EventStorageEngine log;
    private final int capacity;
    private final Set<TailStream> near = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> callbacks = ConcurrentHashMap.newKeySet();
    private final Lock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();
    private final Condition grown = lock.newCondition();
    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private int held;
    /** Of the last event that was read; {@code null} while nobody is near the end of the log. */
    private Place end;

    private long readAt = System.nanoTime() - PACE_NANOS;
    private volatile boolean isDue;
    private volatile boolean closed;
    private final Workers workers;
    private Worker worker;

    /**
     * A tail of {@code log}.
     *
     * @param capacity how many events it keeps, or so
     */
    EventTail(EventStorageEngine log, int capacity, Workers workers) {
        this.log = log;
        this.workers = workers;
        this.capacity = capacity;
    }

    /** Where somebody is in the log. */
    record Place(TrackingToken token, long position) {

        static Place of(TrackingToken token) {
            return new Place(token, token == null ? -1 : token.position().orElse(-1));
        }
    }

    /** Events behind a position, none of them left out. */
    private record Stretch(long after, List<TrackedEventMessage<?>> events) {

        List<TrackedEventMessage<?>> behind(long position) {
            int first = 0;
            while (positionOf(events.get(first)) <= position) {
                first++;
            }
            return events.subList(first, events.size());
        }
    }

    private static long positionOf(TrackedEventMessage<?> event) {
        return Place.of(event.trackingToken()).position();
    }

    /** Says that there is more in the log. */
    void appended() {
        if (isDue) {
            return;
        }
        lock.lock();
        try {
            isDue = true;
            due.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Some of what is behind {@code place}, for that stream; nothing if there is no more. */
    List<? extends TrackedEventMessage<?>> behind(Place place, TailStream stream) {
        Optional<List<TrackedEventMessage<?>>> known = inMemory(place, stream);
        if (known.isPresent()) {
            return known.get();
        }
        List<? extends TrackedEventMessage<?>> read;
        try (Stream<? extends TrackedEventMessage<?>> events = log.readEvents(place.token(), false)) {
            read = events.limit(AT_ONCE).toList();
        }
        if (read.isEmpty()) {
            begin(place, stream);
        }
        return read;
    }

    /** Empty if that is not in memory, or not any more. */
    private Optional<List<TrackedEventMessage<?>>> inMemory(Place place, TailStream stream) {
        lock.lock();
        try {
            if (end == null || place.position() < end.position() && place.position() < firstInMemory()) {
                near.remove(stream);
                return Optional.empty();
            }
            near.add(stream);
            if (place.position() >= end.position()) {
                return Optional.of(List.of());
            }
            Iterator<Stretch> newestFirst = stretches.descendingIterator();
            Stretch stretch = newestFirst.next();
            while (stretch.after() > place.position()) {
                stretch = newestFirst.next();
            }
            return Optional.of(stretch.behind(place.position()));
        } finally {
            lock.unlock();
        }
    }

    private long firstInMemory() {
        return stretches.isEmpty() ? end.position() : stretches.getFirst().after();
    }

    /** Somebody found nothing behind {@code place}: from there on the log is read for all. */
    private void begin(Place place, TailStream stream) {
        lock.lock();
        try {
            near.add(stream);
            if (end == null) {
                end = place;
            }
            if (worker == null && !closed) {
                worker = workers.loop("swarm-ledger-tail", this::follow);
            }
            isDue = true;
            due.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is something behind {@code place}.
     *
     * @param nanos how long
     * @return whether it is worth a look
     */
    boolean await(Place place, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!closed && left > 0 && end != null && end.position() <= place.position()) {
                left = grown.awaitNanos(left);
            }
            return !closed && left > 0;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Has {@code callback} run whenever there is more, and now and then when there is not. */
    void tell(Runnable callback) {
        callbacks.add(callback);
    }

    void leave(TailStream stream, Runnable callback) {
        near.remove(stream);
        if (callback != null) {
            callbacks.remove(callback);
        }
    }

    private long follow() throws InterruptedException {
        if (awaitDue()) {
            readOn();
            callbacks.forEach(Runnable::run);
        }
        return 0;
    }

    private boolean awaitDue() throws InterruptedException {
        lock.lock();
        try {
            long left = LOOK_ANYWAY_NANOS;
            while (!closed && !isDue && left > 0) {
                left = due.awaitNanos(left);
            }
            left = readAt + PACE_NANOS - System.nanoTime();
            while (!closed && left > 0) {
                left = due.awaitNanos(left);
            }
            isDue = false;
            readAt = System.nanoTime();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void readOn() {
        Place from = from();
        if (from == null) {
            return;
        }
        try (Stream<? extends TrackedEventMessage<?>> stream = log.readEvents(from.token(), false)) {
            Iterator<? extends TrackedEventMessage<?>> events = stream.iterator();
            List<TrackedEventMessage<?>> read = new ArrayList<>();
            while (!closed && events.hasNext()) {
                read.add(events.next());
                if (read.size() == AT_ONCE) {
                    add(read);
                    read = new ArrayList<>();
                }
            }
            if (!read.isEmpty()) {
                add(read);
            }
        }
    }

    /** Where everybody is far behind, each reads the log for itself, and nobody wants it from here. */
    private Place from() {
        lock.lock();
        try {
            if (near.isEmpty()) {
                end = null;
                stretches.clear();
                held = 0;
                grown.signalAll();
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    private void add(List<TrackedEventMessage<?>> read) {
        lock.lock();
        try {
            stretches.addLast(new Stretch(end.position(), read));
            held += read.size();
            while (held - stretches.getFirst().events().size() >= capacity) {
                held -= stretches.removeFirst().events().size();
            }
            end = Place.of(read.get(read.size() - 1).trackingToken());
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody is told anything any more, and once it returns the log is not read. */
    @Override
    public void close() {
        Worker reading;
        lock.lock();
        try {
            closed = true;
            due.signalAll();
            grown.signalAll();
            reading = worker;
        } finally {
            lock.unlock();
        }
        if (reading != null) {
            // Otherwise it may meet a log that is closed already, and say so as if something were wrong.
            reading.close();
        }
    }
}
