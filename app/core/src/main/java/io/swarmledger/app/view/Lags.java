package io.swarmledger.app.view;

import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.springframework.context.SmartLifecycle;

/** Looks each second how far those are behind who follow the log. */
public final class Lags implements SmartLifecycle {

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int REMEMBERED = 3_600;

    private final Workers workers;
    private final LongSupplier head;
    private final Map<String, Follower> followers = new ConcurrentHashMap<>();
    private final Deque<Sample> heads = new ArrayDeque<>();
    private Worker worker;

    /**
     * Lags behind a log.
     *
     * @param head its last position
     */
    public Lags(Workers workers, LongSupplier head) {
        this.workers = workers;
        this.head = head;
    }

    private record Sample(long nanos, long value) {}

    /**
     * Has somebody watched.
     *
     * @param position what it has seen
     * @param follows whether it is to see more now: who is paused is not behind
     */
    public void watch(String name, LongSupplier position, BooleanSupplier follows) {
        followers.put(name, new Follower(position, follows));
    }

    /** How far that one is behind. */
    public Lag of(String name) {
        Follower follower = followers.get(name);
        return follower == null ? Lag.NONE : follower.lag;
    }

    /** All of them, by their names. */
    public Map<String, Lag> all() {
        Map<String, Lag> all = new TreeMap<>();
        followers.forEach((name, follower) -> all.put(name, follower.lag));
        return new LinkedHashMap<>(all);
    }

    private long look() {
        long now = System.nanoTime();
        // Positions before the head: nobody has seen more than there is.
        Map<Follower, Long> seen = new LinkedHashMap<>();
        followers.values().forEach(follower -> seen.put(follower, follower.position.getAsLong()));
        long last = head.getAsLong();
        if (heads.isEmpty() || heads.getLast().value() < last) {
            heads.addLast(new Sample(now, last));
        }
        if (heads.size() > REMEMBERED) {
            heads.removeFirst();
        }
        seen.forEach((follower, position) -> follower.look(now, position, last));
        return EVERY_NANOS;
    }

    /** When the event behind {@code position} was there. */
    private long sinceOf(long position, long now) {
        return heads.stream()
                .filter(sample -> sample.value() > position)
                .findFirst()
                .map(Sample::nanos)
                .orElse(now);
    }

    private final class Follower {

        private final LongSupplier position;
        private final BooleanSupplier follows;
        private final Deque<Sample> lastMinute = new ArrayDeque<>();
        private volatile Lag lag = Lag.NONE;
        private long seen = -1;
        private long movedAt = System.nanoTime();

        Follower(LongSupplier position, BooleanSupplier follows) {
            this.position = position;
            this.follows = follows;
        }

        void look(long now, long reached, long last) {
            long behind = Math.max(0, last - reached);
            if (behind == 0 || reached != seen || !follows.getAsBoolean()) {
                movedAt = now;
                seen = reached;
            }
            lastMinute.addLast(new Sample(now, behind));
            while (now - lastMinute.getFirst().nanos() > MINUTE_NANOS) {
                lastMinute.removeFirst();
            }
            long age = behind == 0 ? 0 : now - sinceOf(reached, now);
            long before = lastMinute.getFirst().value();
            lag = new Lag(
                    behind,
                    TimeUnit.NANOSECONDS.toMillis(age),
                    TimeUnit.NANOSECONDS.toMillis(now - movedAt),
                    age > MINUTE_NANOS && behind > before && follows.getAsBoolean());
        }
    }

    @Override
    public synchronized void start() {
        worker = workers.loop("swarm-ledger-lag", this::look);
    }

    @Override
    public synchronized void stop() {
        worker.close();
        worker = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return worker != null;
    }
}
