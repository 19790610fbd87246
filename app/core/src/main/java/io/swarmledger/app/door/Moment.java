package io.swarmledger.app.door;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.regex.Pattern;

/**
 * A time as a person or a program writes it: epoch milliseconds, or ISO 8601 with its zone, such as
 * 2026-01-04T09:00:00.030Z, also with a blank for the T as pages have it. Everybody who takes a time takes it by this, and
 * what is shown in a terminal is what this writes.
 */
public record Moment(double millis) {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]++(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");

    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[' ']['UTC'][XXX]")
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter();

    private static final Pattern ZONED = Pattern.compile("(?i).*(?:Z| ?UTC|[+-][0-9]{2}:[0-9]{2})");

    private static final DateTimeFormatter WRITTEN = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 3, 9, true)
            .appendLiteral('Z')
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    /** Beyond this a date says no more than the number does, and doubles have no milliseconds. */
    private static final double FURTHEST = 8.64e15;

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
        if (NUMBER.matcher(text).matches()) {
            double millis = Double.parseDouble(text);
            if (Double.isFinite(millis)) {
                return new Moment(millis);
            }
        } else if (ZONED.matcher(text).matches()) {
            try {
                return of(OffsetDateTime.parse(text, READ).toInstant());
            } catch (DateTimeException noTime) {
                // Said below.
            }
        }
        throw new IllegalArgumentException("is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z");
    }

    private static Moment of(Instant instant) {
        return new Moment(instant.getEpochSecond() * 1e3 + instant.getNano() / 1e6);
    }

    /** As {@link #parse} reads it: in UTC, to the millisecond or finer where it is. */
    @Override
    public String toString() {
        if (!(Math.abs(millis) <= FURTHEST)) {
            return String.valueOf(millis);
        }
        double whole = Math.floor(millis);
        return WRITTEN.format(Instant.ofEpochMilli((long) whole).plusNanos(Math.round((millis - whole) * 1e6)));
    }
}
