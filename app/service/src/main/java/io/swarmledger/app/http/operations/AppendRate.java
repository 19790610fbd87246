package io.swarmledger.app.http.operations;

import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** How many events a second were put on disk lately. */
@Component
public final class AppendRate {

    private static final int SECONDS = 10;

    private final long[] seconds = new long[SECONDS];
    private final long[] events = new long[SECONDS];

    synchronized void note(long brought) {
        long now = second();
        int place = (int) (now % SECONDS);
        if (seconds[place] != now) {
            seconds[place] = now;
            events[place] = 0;
        }
        events[place] += brought;
    }

    /** Over the last ten seconds. */
    public synchronized double now() {
        long now = second();
        long sum = 0;
        for (int place = 0; place < SECONDS; place++) {
            if (now - seconds[place] < SECONDS) {
                sum += events[place];
            }
        }
        return (double) sum / SECONDS;
    }

    private static long second() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    }
}
