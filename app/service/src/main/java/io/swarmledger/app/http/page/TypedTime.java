package io.swarmledger.app.http.page;

import io.swarmledger.app.door.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as people type it: 10m, 2h 30m, 5 min or 3d ago as pages tell ages, now, today or yesterday 14:00, 14:00,
 * 2026-01-04, 2026-01-04 10:00, and whatever {@link Moment} reads.
 *
 * @param isAge whether it is so long ago whenever it is looked at, and no moment that stays where it is
 */
record TypedTime(Moment moment, boolean isAge) {

    /** Nobody types more, and the patterns need not be held against whatever is sent. */
    private static final int LONGEST = 60;

    private static final Map<String, Double> UNITS =
            Map.of("ms", 1.0, "s", 1e3, "m", 60e3, "min", 60e3, "h", 3_600e3, "d", 86_400e3);

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(ms|min|[smhd]) ?");
    private static final Pattern AGE = Pattern.compile("(?:" + PART.pattern() + ")+(?:ago)?");
    private static final Pattern OF_A_DAY =
            Pattern.compile("(today|yesterday)? ?(?:(\\d{1,2}):(\\d{2})(?::(\\d{2}))?)?");
    private static final Pattern DATED = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[t ](\\d{2}:\\d{2}.*))?");

    /**
     * Reads one.
     *
     * @param zone of times that name none
     * @param now epoch milliseconds
     * @return {@code null} if it is none
     */
    static TypedTime read(String typed, ZoneId zone, double now) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        if (AGE.matcher(text).matches()) {
            double age = PART.matcher(text)
                    .results()
                    .mapToDouble(part -> Double.parseDouble(part.group(1)) * UNITS.get(part.group(2)))
                    .sum();
            return new TypedTime(new Moment(now - age), true);
        }
        if (text.equals("now")) {
            return new TypedTime(new Moment(now), false);
        }
        try {
            LocalDateTime local = local(text, zone, now);
            return new TypedTime(local == null ? Moment.parse(text) : momentOf(local, zone), false);
        } catch (DateTimeException | IllegalArgumentException none) {
            return null;
        }
    }

    /** What names no zone; {@code null} for all else. */
    private static LocalDateTime local(String text, ZoneId zone, double now) {
        Matcher ofADay = OF_A_DAY.matcher(text);
        if (ofADay.matches()) {
            LocalDate today = Instant.ofEpochMilli((long) now).atZone(zone).toLocalDate();
            LocalDate day = "yesterday".equals(ofADay.group(1)) ? today.minusDays(1) : today;
            return day.atTime(number(ofADay.group(2)), number(ofADay.group(3)), number(ofADay.group(4)));
        }
        Matcher dated = DATED.matcher(text);
        if (!dated.matches() || isZoned(dated.group(2))) {
            return null;
        }
        LocalTime time = dated.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(dated.group(2));
        return LocalDate.parse(dated.group(1)).atTime(time);
    }

    private static boolean isZoned(String time) {
        return time != null && !time.matches("[0-9:.]*");
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static Moment momentOf(LocalDateTime local, ZoneId zone) {
        Instant instant = local.atZone(zone).toInstant();
        return new Moment(instant.getEpochSecond() * 1e3 + instant.getNano() / 1e6);
    }

    /** As it may be typed in that zone: as short as says it exactly. */
    static String written(Moment moment, ZoneId zone) {
        LocalDateTime local = Instant.ofEpochMilli((long) Math.floor(moment.millis()))
                .atZone(zone)
                .toLocalDateTime();
        String pattern = local.truncatedTo(ChronoUnit.MINUTES).equals(local)
                ? "uuuu-MM-dd HH:mm"
                : local.truncatedTo(ChronoUnit.SECONDS).equals(local)
                        ? "uuuu-MM-dd HH:mm:ss"
                        : "uuuu-MM-dd HH:mm:ss.SSS";
        String text = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(local);
        TypedTime read = read(text, zone, 0);
        // Where clocks are set back an hour is there twice.
        return read != null && read.moment().equals(moment) ? text : moment.toString();
    }
}
