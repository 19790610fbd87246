package io.swarmledger.events;

/**
 * Halves of surrogate pairs, as text has them that was cut in the middle of a character. No encoding has a place for
 * them: written to a file or a column, two texts that differ in nothing else become one.
 */
public final class HalfSurrogates {

    private HalfSurrogates() {}

    /** Where the text has the first one from there on; -1 if it has none. */
    public static int indexIn(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                return i;
            }
        }
        return -1;
    }

    /** The same JSON, in which each one is escaped. */
    public static String escapedIn(String json) {
        int half = indexIn(json, 0);
        if (half < 0) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        int copied = 0;
        for (; half >= 0; half = indexIn(json, copied)) {
            escaped.append(json, copied, half).append(String.format("\\u%04x", (int) json.charAt(half)));
            copied = half + 1;
        }
        return escaped.append(json, copied, json.length()).toString();
    }
}
