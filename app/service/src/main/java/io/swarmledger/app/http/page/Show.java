package io.swarmledger.app.http.page;

import io.swarmledger.app.door.Shown;
import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.usage.CallSums;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.unbescape.uri.UriEscape;

/** How a page shows a value: what steers a text as its code, long ones cut, times as whoever reads wants them, numbers in groups. */
@Component("show")
final class Show {

    /** Of an id in a table. */
    private static final int ID = 22;

    private static final int LINE = 160;

    /** Of this it is told how much is left out, and it is in the page but once. */
    private static final int LONG = 1_000;

    private static final int BLOCK = 4_000;
    private static final double SECOND = 1_000;
    private static final double MINUTE = 60 * SECOND;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS z", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter SECONDS_OF_TODAY = DateTimeFormatter.ofPattern("HH:mm:ss");

    private static final Set<String> THINGS =
            Set.of("/agents?id=", "/tasks?id=", "/trace?id=", "/swarm?swarmId=", "/story?swarmId=", "/run?swarmId=");

    private final Clock clock;
    private final double toleranceMs;

    @Autowired
    Show(Clock clock, LedgerProperties properties) {
        this(clock, properties.clockTolerance());
    }

    /**
     * By that clock.
     *
     * @param tolerance how far ahead of it a time is believed
     */
    Show(Clock clock, Duration tolerance) {
        this.clock = clock;
        this.toleranceMs = tolerance.toMillis();
    }

    /** An id, shortened in its middle. */
    public String id(String id) {
        if (id == null) {
            return "";
        }
        return id.length() <= LONG ? Shown.id(id, ID) : Shown.id(ends(id), ID) + leftOut(id.length() - ID);
    }

    /** The parts of a long text that can be seen when it is shortened in its middle. */
    private static String ends(String text) {
        return text.substring(0, LONG / 2) + text.substring(text.length() - LONG / 2);
    }

    /** How much of a very long text is not to be seen. */
    private String leftOut(int characters) {
        return " (" + number(characters) + " characters more)";
    }

    /** What tells a row of a table from others. */
    public String key(String id) {
        return id == null || id.length() <= LONG ? id : ends(id) + id.length() + '-' + id.hashCode();
    }

    /** Whether a text is short enough to be in the page once more, to be copied. */
    public boolean isCopied(String text) {
        return text != null && text.length() <= LONG;
    }

    /**
     * An address of parts: one as it is, the next encoded, and so on. What is {@code null} or empty is left out with the
     * part before it, which the first never is; {@code null} for an address that is too long to be asked for. One of a
     * thing keeps the range; one of what a number counts does not, since that need not be of it.
     */
    public String to(String first, Object... rest) {
        StringBuilder address = new StringBuilder(first);
        for (int i = 0; rest != null && i < rest.length; i += 2) {
            String value = rest[i] == null ? "" : rest[i].toString();
            if (value.length() > Address.LONGEST) {
                return null;
            }
            if (i > 0 && !value.isEmpty()) {
                address.append(rest[i - 1]);
            }
            address.append(UriEscape.escapeUriQueryParam(value));
        }
        return within(THINGS.contains(first), address.toString());
    }

    /** The address, of the range that is looked at; {@code null} for one that is too long to be asked for. */
    private static String within(boolean isKept, String address) {
        if (!isKept) {
            return address.length() > Address.LONGEST ? null : address;
        }
        Range range = Range.current();
        return Address.of(address)
                .with(Range.AFTER, range.after().typed())
                .with(Range.BEFORE, range.before().typed())
                .orNothing();
    }

    /** One line of a text, cut. */
    public String line(Object text) {
        return line(text, LINE);
    }

    /** One line of a text, cut to {@code width} characters. */
    public String line(Object text, int width) {
        if (text == null) {
            return "";
        }
        String all = text.toString();
        String cut = Shown.cell(head(all, width), width);
        return all.length() <= LONG ? cut : cut + leftOut(all.length() - width + 1);
    }

    /** All of a short text, and the beginning of a long one. */
    public String block(Object text) {
        return text == null ? "" : Shown.text(head(text.toString(), BLOCK - 1));
    }

    /** All of a text. */
    public String text(Object text) {
        return text == null ? "" : Shown.text(text.toString());
    }

    /** Whether {@link #line(Object)} leaves something out. */
    public boolean isLong(Object text) {
        return text != null
                && (text.toString().length() > LINE || text.toString().indexOf('\n') >= 0);
    }

    /** Whether {@link #block} leaves something out. */
    public boolean isCut(Object text) {
        return text != null && text.toString().length() > BLOCK;
    }

    /** No more of a long text than is looked at. */
    private static String head(String text, int width) {
        return text.length() > width + 1 ? text.substring(0, width + 1) : text;
    }

    /** In groups of three digits. */
    public String number(Number number) {
        return number == null
                ? "–"
                : number instanceof Double || number instanceof Float
                        ? String.format(Locale.ROOT, "%,.1f", number.doubleValue())
                                .replace(',', '\u2009')
                        : String.format(Locale.ROOT, "%,d", number.longValue()).replace(',', '\u2009');
    }

    /** A count that was not carried on to its end. */
    public String count(long total, boolean isExact) {
        return (isExact ? "" : "more than ") + number(total);
    }

    /** In per cent. */
    public String rate(Double rate) {
        return rate == null ? "–" : String.format(Locale.ROOT, "%.1f %%", rate * 100);
    }

    public String bytes(Number bytes) {
        if (bytes == null) {
            return "–";
        }
        double left = bytes.doubleValue();
        for (String unit : new String[] {"B", "KiB", "MiB", "GiB"}) {
            if (left < 1_024 || unit.equals("GiB")) {
                return String.format(Locale.ROOT, unit.equals("B") ? "%.0f %s" : "%.1f %s", left, unit);
            }
            left /= 1_024;
        }
        throw new AssertionError();
    }

    /** As a search takes it for one thing, whatever is in it. */
    public String quoted(String text) {
        return '"' + text.replace('"', ' ') + '"';
    }

    /** How long ago a time was; one that cannot be is told as it is. */
    public String ago(Number millis) {
        if (millis == null) {
            return "never";
        }
        if (!isBelieved(millis)) {
            return told(millis) + ", not believed";
        }
        double age = clock.millis() - millis.doubleValue();
        return age < 0 && age > -SECOND ? "now" : age < 0 ? "in " + duration(-age) : duration(age) + " ago";
    }

    boolean isBelieved(Number millis) {
        return millis.doubleValue() >= 0 && clock.millis() - millis.doubleValue() >= -toleranceMs;
    }

    private static String told(Number millis) {
        boolean isInstant = Math.abs(millis.doubleValue()) < Long.MAX_VALUE;
        return isInstant ? EXACT.format(there(millis)) : millis + " ms";
    }

    /** Tokens and what they cost, in words. */
    public String tokens(CallSums calls) {
        String told = number(calls.inputTokens()) + " tokens in, " + number(calls.outputTokens()) + " out";
        if (calls.cacheReadTokens() + calls.cacheWriteTokens() > 0) {
            told += ", " + number(calls.cacheReadTokens()) + " from and " + number(calls.cacheWriteTokens())
                    + " to the cache";
        }
        return calls.costUsd() == null ? told : told + ", $" + String.format(Locale.ROOT, "%.2f", calls.costUsd());
    }

    /** A stretch of time in its two largest units at most. */
    public String duration(Number millis) {
        if (millis == null) {
            return "–";
        }
        double length = millis.doubleValue();
        if (length < SECOND) {
            return Math.round(length) + " ms";
        }
        if (length < MINUTE) {
            return String.format(Locale.ROOT, length < 10 * SECOND ? "%.1f s" : "%.0f s", length / SECOND);
        }
        if (length < HOUR) {
            return two(length, MINUTE, "min", SECOND, "s");
        }
        return length < DAY ? two(length, HOUR, "h", MINUTE, "min") : two(length, DAY, "d", HOUR, "h");
    }

    private static String two(double length, double large, String name, double small, String smallName) {
        long whole = (long) (length / large);
        long rest = (long) ((length - whole * large) / small);
        return whole >= 10 || rest == 0 ? whole + " " + name : whole + " " + name + " " + rest + " " + smallName;
    }

    /** Counts as bars of an SVG's path, each {@code 3} wide and a space of {@code 1}; the highest is {@code height}. */
    public String bars(List<Long> counts, int height) {
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0) {
                double tall = Math.max(2, (double) counts.get(i) / most * height);
                path.append(String.format(Locale.ROOT, "M%d %dv%.1fh3v%.1fz", 4 * i, height, -tall, tall));
            }
        }
        return path.toString();
    }

    /** For {@code <time datetime>}. */
    public String iso(Number millis) {
        return millis == null ? "" : instant(millis).toString();
    }

    /** The day and the time to the millisecond. */
    public String exact(Number millis) {
        return millis == null ? "" : told(millis);
    }

    /** The time of the day to the millisecond. */
    public String clock(Number millis) {
        return millis == null ? "" : CLOCK.format(there(millis));
    }

    /** When something was, as whoever reads wants times told: the second, of another day than today with its date; or its age. */
    public String when(Number millis) {
        if (millis == null || Times.current().areRelative() || !isBelieved(millis)) {
            return ago(millis);
        }
        ZonedDateTime then = there(millis);
        LocalDate today = there(clock.millis()).toLocalDate();
        return (then.toLocalDate().equals(today) ? SECONDS_OF_TODAY : SECONDS).format(then);
    }

    /** What {@link #when} does not say: the millisecond, the zone, and how long ago that is. */
    public String beside(Number millis) {
        if (millis == null) {
            return "";
        }
        return isBelieved(millis) ? exact(millis) + ", " + ago(millis) : exact(millis);
    }

    private static ZonedDateTime there(Number millis) {
        return instant(millis).atZone(Times.current().zone());
    }

    private static Instant instant(Number millis) {
        return Instant.ofEpochMilli(millis.longValue());
    }

    /** Where the causes and effects of an event are; {@code null} if its id is too long to be asked for. */
    public String trace(String eventId) {
        return eventId.length() <= LONG && isPlain(eventId)
                ? within(true, "/trace/" + eventId)
                : to("/trace?id=", eventId);
    }

    private static boolean isPlain(String id) {
        return id.matches("[A-Za-z0-9_][A-Za-z0-9._~-]*");
    }

    /** What an event says of itself, in a line. */
    public String said(RecordedEvent event) {
        return line(Said.of(event), 120);
    }

    /** The shape, colour and word of a status. */
    public Look mark(String word) {
        return Look.of(word);
    }

    /** The shape, colour and word of an event of that type. */
    public Look type(String type) {
        return Look.ofType(type);
    }
}
