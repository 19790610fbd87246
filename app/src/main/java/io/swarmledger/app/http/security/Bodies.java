package io.swarmledger.app.http.security;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * How long bodies may take to arrive. Whoever sends one holds a thread, and a byte now and then would hold it for ever;
 * yet a stream of events may well go on for hours. So a few of those may, and no other body.
 */
final class Bodies {

    private final Duration patience;
    private final Semaphore slow;

    Bodies(Duration patience, int slow) {
        this.patience = patience;
        this.slow = new Semaphore(slow);
    }

    /** One body on its way. */
    final class Arrival implements AutoCloseable {

        private final boolean stream;
        private final long start = System.nanoTime();
        private boolean isSlow;

        private Arrival(boolean stream) {
            this.stream = stream;
        }

        boolean isInTime() {
            return System.nanoTime() - start < patience.toNanos();
        }

        /** More of it is waited for. */
        void goesOn() throws BodyTooSlow {
            if (isSlow || isInTime()) {
                return;
            }
            String limit = patience.toMillis() + " ms";
            if (!stream) {
                throw new BodyTooSlow("The body did not arrive within " + limit);
            }
            if (!slow.tryAcquire()) {
                throw new BodyTooSlow("Too many streams of events take longer than " + limit
                        + " already: send shorter ones, or come again");
            }
            isSlow = true;
        }

        @Override
        public void close() {
            if (isSlow) {
                slow.release();
            }
        }
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
