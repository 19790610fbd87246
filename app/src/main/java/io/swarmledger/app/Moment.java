package io.swarmledger.app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** A time as a person or a program writes it: epoch milliseconds, or ISO 8601 such as 2026-01-04T09:00:00.030Z. */
public record Moment(double millis) {

    /** {@code null} for no moment. */
    public static Double millisOf(Moment moment) {
        return moment == null ? null : Double.valueOf(moment.millis());
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying how a time is written, if {@code text} is none
     */
    public static Moment parse(String text) {
        try {
            double millis = Double.parseDouble(text);
            if (Double.isFinite(millis)) {
                return new Moment(millis);
            }
        } catch (NumberFormatException noNumber) {
            // Perhaps it is ISO 8601.
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return new Moment(instant.toEpochMilli());
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException("is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z");
        }
    }
}
