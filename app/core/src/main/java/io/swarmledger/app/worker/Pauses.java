package io.swarmledger.app.worker;

import java.time.Duration;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * How whoever follows the log behind everything else rests: it looks a few times a second, and while events are being
 * appended it rests as long as it works.
 *
 * @param head the position of the last event
 */
public record Pauses(LongSupplier head) {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /**
     * How long to rest after a batch, nanoseconds.
     *
     * @param batch reads up to a position, and answers whether there may be more
     */
    public long after(LongPredicate batch) {
        long upTo = head.getAsLong();
        long start = System.nanoTime();
        if (!batch.test(upTo)) {
            return PAUSE.toNanos();
        }
        return head.getAsLong() > upTo ? System.nanoTime() - start : 0;
    }
}
