package io.swarmledger.app.log;

import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventLog.Part;
import io.swarmledger.query.log.LogRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest rows of the log in memory, read once for all who follow it: the views, the live streams, the index of all
 * moments. They are not read after each commit but twenty times a second: each time costs a reading of the log and every
 * view a transaction, however few events there are. After a quiet moment they are read at once. Who is further behind
 * reads the log by itself, a page at a time.
 *
 * <p>They are bounded in bytes, and nothing of them is parsed: each follower makes of a row what it needs, when it needs
 * it. They are in arrays, a stretch of the log in each. In a list of links the first that a garbage collection takes for
 * old keeps every later one from being collected while it is young.
 */
public final class LogTail implements AutoCloseable {

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Whoever is told nothing looks all the same. */
    private static final long LOOK_ANYWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Of the memory that the process may have. */
    private static final int SHARE_OF_MEMORY = 32;

    private static final long MOST_BYTES = 32L << 20;
    private static final int STRETCHES = 8;

    private final EventLog log;
    private final long capacity;
    private final Budget stretch;
    private final Workers workers;
    private final Set<Object> near = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> callbacks = ConcurrentHashMap.newKeySet();
    private final Lock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private long held;
    /** The last position that was read; {@code null} while nobody is near the end of the log. */
    private Long end;

    private volatile long readAt = System.nanoTime() - PACE_NANOS;
    private volatile boolean isDue;
    private volatile boolean closed;
    private volatile Worker worker;

    /** A tail of {@code log}, of a share of the memory that this process may have. */
    public static LogTail of(EventLog log, Workers workers) {
        return new LogTail(log, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY), workers);
    }

    /**
     * The same.
     *
     * @param capacity how much it keeps, bytes, and one stretch more
     */
    LogTail(EventLog log, long capacity, Workers workers) {
        this.log = log;
        this.capacity = capacity;
        this.stretch = new Budget(Budget.PAGE.events(), Math.max(1, capacity / STRETCHES));
        this.workers = workers;
    }

    /** Rows behind a position, none of them left out. */
    private record Stretch(long after, List<LogRow> rows, long bytes) {

        static Stretch of(long after, List<LogRow> rows) {
            return new Stretch(
                    after, rows, rows.stream().mapToLong(LogRow::bytes).sum());
        }

        List<LogRow> behind(long position) {
            int first = 0;
            while (rows.get(first).position() <= position) {
                first++;
            }
            return rows.subList(first, rows.size());
        }
    }

    /** Says that there is more in the log. */
    public void appended() {
        if (!isDue) {
            isDue = true;
            Worker following = worker;
            if (following != null) {
                following.wake();
            }
        }
    }

    /**
     * Some of what is behind {@code position}, for that follower; nothing if there is no more, and then it is told when
     * there is.
     */
    public List<LogRow> behind(long position, Object follower) {
        List<LogRow> known = inMemory(position, follower);
        if (known != null) {
            return known;
        }
        List<LogRow> read = read(position).rows();
        if (read.isEmpty()) {
            begin(position, follower);
        }
        return read;
    }

    private Part read(long position) {
        return log.read(position, Long.MAX_VALUE, EventCriteria.ALL, stretch);
    }

    /** {@code null} if that is not in memory, or not any more. */
    private List<LogRow> inMemory(long position, Object follower) {
        lock.lock();
        try {
            if (end == null || position < end && position < firstInMemory()) {
                near.remove(follower);
                return null;
            }
            near.add(follower);
            if (position >= end) {
                return List.of();
            }
            Iterator<Stretch> newestFirst = stretches.descendingIterator();
            Stretch from = newestFirst.next();
            while (from.after() > position) {
                from = newestFirst.next();
            }
            return from.behind(position);
        } finally {
            lock.unlock();
        }
    }

    private long firstInMemory() {
        return stretches.isEmpty() ? end : stretches.getFirst().after();
    }

    /** Somebody found nothing behind {@code position}: from there on the log is read for all. */
    private void begin(long position, Object follower) {
        lock.lock();
        try {
            near.add(follower);
            if (end == null) {
                end = position;
            }
            if (closed) {
                return;
            }
            if (worker == null) {
                worker = workers.loop("swarm-ledger-tail", this::follow);
            }
            isDue = true;
            worker.wake();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is something behind {@code position}.
     *
     * @param nanos how long
     * @return whether it is worth a look
     */
    public boolean await(long position, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!closed && left > 0 && end != null && end <= position) {
                left = grown.awaitNanos(left);
            }
            return !closed && left > 0;
        } finally {
            lock.unlock();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** Has {@code callback} run whenever there is more, and now and then when there is not. */
    public void tell(Runnable callback) {
        callbacks.add(callback);
    }

    /** That follower wants nothing any more. */
    public void leave(Object follower, Runnable callback) {
        near.remove(follower);
        if (callback != null) {
            callbacks.remove(callback);
        }
    }

    /** A round of the thread that reads for all. */
    private long follow() {
        long now = System.nanoTime();
        long since = now - readAt;
        if (since < PACE_NANOS) {
            return PACE_NANOS - since;
        }
        if (!isDue && since < LOOK_ANYWAY_NANOS) {
            return LOOK_ANYWAY_NANOS - since;
        }
        isDue = false;
        readAt = now;
        readOn();
        callbacks.forEach(Runnable::run);
        return PACE_NANOS;
    }

    private void readOn() {
        Long from = from();
        boolean isAll = from == null;
        while (!isAll && !closed) {
            Part part = read(from);
            if (!part.rows().isEmpty()) {
                add(Stretch.of(from, part.rows()));
            }
            from = part.last(from);
            isAll = part.isAll();
        }
    }

    /** Where everybody is far behind, each reads the log for itself, and nobody wants it from here. */
    private Long from() {
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

    private void add(Stretch read) {
        lock.lock();
        try {
            stretches.addLast(read);
            held += read.bytes();
            while (stretches.size() > 1 && held - stretches.getFirst().bytes() >= capacity) {
                held -= stretches.removeFirst().bytes();
            }
            end = read.rows().get(read.rows().size() - 1).position();
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How much is in memory, bytes. */
    long held() {
        lock.lock();
        try {
            return held;
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
