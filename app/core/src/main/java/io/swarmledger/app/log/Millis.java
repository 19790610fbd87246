package io.swarmledger.app.log;

import java.time.Instant;

/** Between instants and the log's epoch milliseconds, which are whole where they can be. */
public final class Millis {

    private Millis() {}

    public static Number of(Instant instant) {
        int nanos = instant.getNano();
        if (nanos % 1_000_000 == 0) {
            return instant.toEpochMilli();
        }
        return instant.getEpochSecond() * 1_000d + nanos / 1_000_000d;
    }

    public static Instant toInstant(double millis) {
        double whole = Math.floor(millis);
        return Instant.ofEpochMilli((long) whole).plusNanos(Math.round((millis - whole) * 1_000_000));
    }
}
