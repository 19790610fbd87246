package io.swarmledger.app.view;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.view.ReadModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What folds of the application's own are at work on, each on its thread. Nobody can end one that does not return; but what
 * it is at is known, and nobody else begins with it.
 */
public final class FoldsUnderWay {

    /** No fold takes as long for an event. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<Thread, Work> works = new ConcurrentHashMap<>();
    private final ThreadLocal<Work> ofThread =
            ThreadLocal.withInitial(() -> works.computeIfAbsent(Thread.currentThread(), Work::new));
    private volatile List<Stuck> stuck = List.of();

    /**
     * An event that a fold is at.
     *
     * @param recorded where and when it was recorded
     */
    public record At(ReadModel<?> model, LedgerEvent event, Recorded recorded) {

        boolean isSame(At other) {
            return model.type().equals(other.model.type())
                    && recorded.equals(other.recorded)
                    && event.equals(other.event);
        }
    }

    /**
     * A fold that does not return.
     *
     * @param since epoch milliseconds at which it was first seen at that event
     */
    public record Stuck(Thread thread, At at, long since) {}

    /** The work of one thread. */
    public static final class Work {

        private final Thread thread;
        private volatile At at;
        private At seen;
        private long seenNanos;
        private long seenAt;

        private Work(Thread thread) {
            this.thread = thread;
        }

        /** It is done with that event. */
        public void done() {
            at = null;
        }

        private Optional<Stuck> look(long nanos) {
            At now = at;
            if (now == null || now != seen) {
                seen = now;
                seenNanos = nanos;
                seenAt = System.currentTimeMillis();
                return Optional.empty();
            }
            return nanos - seenNanos < LONGEST_NANOS ? Optional.empty() : Optional.of(new Stuck(thread, now, seenAt));
        }
    }

    /**
     * This thread begins with an event.
     *
     * @throws IllegalStateException if a fold does not return from just that one
     */
    public Work begin(ReadModel<?> model, LedgerEvent event, Recorded recorded) {
        At at = new At(model, event, recorded);
        if (!stuck.isEmpty() && stuck.stream().anyMatch(one -> one.at().isSame(at))) {
            throw new IllegalStateException("The fold of the read model " + model.type() + " does not return from it");
        }
        Work work = ofThread.get();
        work.at = at;
        return work;
    }

    /** Those that do not return. */
    public List<Stuck> stuck() {
        return stuck;
    }

    /** Looks which they are by now. For one thread. */
    List<Stuck> look() {
        works.keySet().removeIf(thread -> !thread.isAlive());
        long now = System.nanoTime();
        List<Stuck> found = new ArrayList<>();
        works.values().forEach(work -> work.look(now).ifPresent(found::add));
        stuck = List.copyOf(found);
        return stuck;
    }
}
