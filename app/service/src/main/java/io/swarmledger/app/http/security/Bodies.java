package io.swarmledger.app.http.security;

import io.swarmledger.app.door.BodiesFull;
import io.swarmledger.app.door.BodyBytes;
import io.swarmledger.app.door.BodyTooSlow;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What bodies may cost. Whoever sends one slowly holds a thread, and a byte now and then would hold it for ever; yet a
 * stream of events may well go on for hours. So a few of those may, some other bodies may be waited for within a time,
 * and one that nobody wants holds hardly anybody. A body that is there already waits for nothing. What has been read
 * and is not done with is bounded in bytes, all bodies together; those that are waited for may occupy half of that.
 */
final class Bodies {

    private static final int OF_THREADS_WAIT = 4;
    private static final int OF_THREADS_READ_UNWANTED = 8;
    private static final int OF_HEAP = 16;

    private static final int HARDLY_ANY = 4;

    /** One event of the largest kind that is usual has to fit, however small the heap. */
    private static final int FEWEST_BYTES = 4 << 20;

    /** Who sends head and body apart does so within this. */
    private static final long SHORTLY_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final long ROOM_WITHIN_MS = 10_000;

    private final Duration patience;
    private final Semaphore slow;
    private final Semaphore waiting;
    private final Semaphore unwanted;
    private final int most;
    private final Semaphore room;
    private final AtomicLong waitedFor = new AtomicLong();

    /**
     * Bounds.
     *
     * @param patience within which a body that is no stream has to arrive
     * @param slow how many streams may take longer
     * @param threads how many requests can be served at once
     */
    Bodies(Duration patience, int slow, int threads) {
        this.patience = patience;
        this.slow = new Semaphore(slow);
        this.waiting = new Semaphore(Math.max(1, threads / OF_THREADS_WAIT));
        this.unwanted = new Semaphore(Math.max(1, threads / OF_THREADS_READ_UNWANTED));
        this.most = (int) Math.max(
                FEWEST_BYTES, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / OF_HEAP));
        this.room = new Semaphore(most);
    }

    /** One body on its way. It is read by one thread. */
    final class Arrival implements BodyBytes, AutoCloseable {

        private final boolean stream;
        private final long start = System.nanoTime();
        private boolean isSlow;
        private long taken;
        private long released;

        private Arrival(boolean stream) {
            this.stream = stream;
        }

        boolean isInTime() {
            return System.nanoTime() - start < patience.toNanos();
        }

        /**
         * Makes room for more of it; says how much may be read.
         *
         * @throws BodiesFull if there is none for too long
         */
        int take(int wanted) throws BodiesFull {
            int bytes = Math.min(wanted, most / 2);
            if (!room.tryAcquire(bytes)) {
                waitForRoom(bytes);
            }
            taken += bytes;
            return bytes;
        }

        private void waitForRoom(int bytes) throws BodiesFull {
            if (!waiting.tryAcquire()) {
                throw BodiesFull.bytes(most);
            }
            try {
                if (!room.tryAcquire(bytes, ROOM_WITHIN_MS, TimeUnit.MILLISECONDS)) {
                    throw BodiesFull.bytes(most);
                }
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                throw BodiesFull.bytes(most);
            } finally {
                waiting.release();
            }
        }

        /** Less came than room was made for. */
        void giveBack(int bytes) {
            taken -= bytes;
            room.release(bytes);
        }

        @Override
        public boolean areShort() {
            return room.availablePermits() < most / HARDLY_ANY;
        }

        @Override
        public void release(long upTo) {
            long more = Math.min(upTo, taken) - released;
            if (more > 0) {
                released += more;
                room.release((int) more);
            }
        }

        /**
         * More of it may have to be waited for.
         *
         * @param isThere looks whether more has arrived; {@code null} where nobody can tell
         * @return what ends the waiting
         */
        Waiting await(BooleanSupplier isThere) throws BodyTooSlow, BodiesFull {
            goesOn();
            if (isSlow) {
                return () -> {};
            }
            if (!waiting.tryAcquire()) {
                if (stream && slow.tryAcquire()) {
                    isSlow = true;
                    return () -> {};
                }
                if (isThere != null && comesShortly(isThere)) {
                    return () -> {};
                }
                throw BodiesFull.waiting();
            }
            long bytes = taken - released;
            if (waitedFor.addAndGet(bytes) > most / 2) {
                waitedFor.addAndGet(-bytes);
                waiting.release();
                throw BodiesFull.bytes(most);
            }
            return () -> {
                waitedFor.addAndGet(-bytes);
                waiting.release();
            };
        }

        private void goesOn() throws BodyTooSlow {
            if (isSlow || isInTime()) {
                return;
            }
            if (!stream) {
                throw stalled();
            }
            if (!slow.tryAcquire()) {
                throw new BodyTooSlow("Too many streams of events take longer than " + patience.toMillis()
                        + " ms already: send shorter ones, or come again");
            }
            isSlow = true;
        }

        /** It, or more of it, did not come for as long as one waits for that. */
        BodyTooSlow stalled() {
            return new BodyTooSlow(
                    stream || isInTime()
                            ? "Nothing more of the body came"
                            : "The body did not arrive within " + patience.toMillis() + " ms");
        }

        /** Whether somebody may read what nobody wanted, though it has to be waited for; {@link #unwantedIsRead} ends it. */
        boolean mayReadUnwanted() {
            return unwanted.tryAcquire();
        }

        void unwantedIsRead() {
            unwanted.release();
        }

        @Override
        public void close() {
            release(taken);
            if (isSlow) {
                slow.release();
            }
        }
    }

    /** A thread waits for a body. */
    interface Waiting extends AutoCloseable {

        @Override
        void close();
    }

    private static boolean comesShortly(BooleanSupplier isThere) {
        long start = System.nanoTime();
        while (!isThere.getAsBoolean()) {
            if (System.nanoTime() - start > SHORTLY_NS) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
        return true;
    }

    /**
     * A body begins to arrive.
     *
     * @param stream whether it is a stream of events
     */
    Arrival begin(boolean stream) {
        return new Arrival(stream);
    }
}
