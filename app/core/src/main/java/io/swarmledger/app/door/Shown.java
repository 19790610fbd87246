package io.swarmledger.app.door;

/**
 * Text of unknown origin, made fit for a terminal and a page: what could steer it (escapes, other control characters,
 * marks that turn the direction of writing) is shown as its code.
 */
public final class Shown {

    private Shown() {}

    /** All of it, line breaks too. */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n' || !steers(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append(code(point));
            }
        });
        return shown.toString();
    }

    /** JSON, which stays what it is: a terminal is steered in it only by what may be escaped, or is a blank anyway. */
    public static String json(String json) {
        StringBuilder shown = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            if (point == '\r' || point == '\t') {
                shown.append(' ');
            } else if (point == '\n' || !steers(point)) {
                shown.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    shown.append(code(unit));
                }
            }
        });
        return shown.toString();
    }

    private static String code(int point) {
        return String.format("\\u%04x", point);
    }

    /** One line of it, cut to {@code width} characters; {@code null} is a dash. */
    public static String cell(Object value, int width) {
        if (value == null) {
            return "-";
        }
        String text = text(value.toString()).replace('\n', ' ');
        if (text.codePointCount(0, text.length()) <= width) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    /** An id, shortened in its middle, where ids differ least. */
    public static String id(String id, int width) {
        String text = cell(id, Integer.MAX_VALUE);
        if (text.length() <= width) {
            return text;
        }
        int tail = width / 2;
        return text.substring(0, width - tail - 1) + "…" + text.substring(text.length() - tail);
    }

    /** A time, epoch milliseconds, with its zone, as it can be given back; {@code null} for none. */
    public static String time(Double millis) {
        return millis == null ? null : new Moment(millis).toString();
    }

    private static boolean steers(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
